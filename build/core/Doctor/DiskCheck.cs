using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Can the folders take what will be written?</summary>
public sealed class DiskCheck : IDoctorCheck
{
    private const long Mebibyte = 1024 * 1024;

    public string Name => "disk";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        foreach (var folder in machine.Folders)
        {
            if (!folder.Writable)
            {
                yield return new Diagnosis(Severity.Error, Measurement.All, $"{folder.Path} cannot be written to.")
                {
                    Why = "What is built and measured goes there.",
                    Remedy = $"make it yours: sudo chown -R \"$USER\" '{folder.Path}'; or free the disk where it is full or read-only",
                };
            }
            else if (folder.Free is { } free && free < folder.Needed)
            {
                yield return new Diagnosis(
                    Severity.Error,
                    Measurement.All,
                    string.Create(CultureInfo.InvariantCulture, $"{folder.Path} has {free / Mebibyte} MiB left and needs {folder.Needed / Mebibyte} MiB."))
                {
                    Why = "A build or a boot that runs out of disk fails half way.",
                    Remedy = "free some: df -h shows what is full, ./build.sh --target=Clean --all removes everything this project made",
                };
            }
        }
    }
}
