using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is there memory for the builds and boots?</summary>
public sealed class MemoryCheck : IDoctorCheck
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>A guest and QEMU itself.</summary>
    private const long Boot = 512 * Mebibyte;

    /// <summary>Linking the kernel, with a compiler on each of a few cores.</summary>
    private const long Build = 2048 * Mebibyte;

    public string Name => "memory";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Host.Memory is { Available: < Build } memory)
        {
            yield return new Diagnosis(
                memory.Available < Boot ? Severity.Error : Severity.Warning,
                Measurement.All,
                string.Create(CultureInfo.InvariantCulture, $"{memory.Available / Mebibyte} MiB of memory are available."))
            {
                Why = "The kernel build wants 2048 MiB and a guest 512 MiB; short of them the machine swaps or ends programs.",
                Remedy = "end other programs, or build with --jobs=1",
            };
        }
    }
}
