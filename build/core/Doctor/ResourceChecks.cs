namespace SyscallBench.Doctor;

/// <summary>Is there enough of everything for builds and boots?</summary>
internal static class ResourceChecks
{
    private const long Mebibyte = 1024 * 1024;

    // A guest and QEMU itself.
    private const long Boot = 512 * Mebibyte;

    // Linking the kernel, with a compiler on each of a few cores.
    private const long Build = 2048 * Mebibyte;

    /// <summary>Does a container or a service manager ration the CPU?</summary>
    public static IEnumerable<Diagnosis> Cgroup(MachineState machine)
    {
        if (machine.Host.Limits.Cpus is { } cpus && cpus < machine.Host.Topology.Allowed.Count)
            yield return new(
                cpus < 1 ? Severity.Error : Severity.Warning, Measurement.Cycles,
                FormattableString.Invariant($"The control group lets this process have {cpus:0.##} of {machine.Host.Topology.Allowed.Count} {(machine.Host.Topology.Allowed.Count == 1 ? "CPU" : "CPUs")} (cpu.max)."),
                "Once its share is used up, the kernel stops everything here until the next period, also in the middle of a timed loop; builds take longer.",
                "raise the limit (docker --cpus, CPUQuota= of systemd), or measure outside of the container");
    }

    /// <summary>Is there memory for the builds and boots?</summary>
    public static IEnumerable<Diagnosis> Memory(MachineState machine)
    {
        var limits = machine.Host.Limits;
        var available = Math.Min(machine.Host.Memory?.Available ?? long.MaxValue, limits.MemoryAvailable ?? long.MaxValue);
        if (available >= Build)
            yield break;

        var limited = available == limits.MemoryAvailable;
        yield return new(
            available <= Boot ? Severity.Error : Severity.Warning, Measurement.All,
            FormattableString.Invariant($"{available / Mebibyte} MiB of memory are available{(limited ? $", since the control group has a limit of {limits.MemoryLimit / Mebibyte} MiB" : "")}."),
            "The kernel build wants 2048 MiB and a guest more than 512 MiB; short of them the kernel swaps or ends programs.",
            limited ? "raise the limit (docker --memory, MemoryMax= of systemd)" : "end other programs, or build with --jobs=1");
    }

    /// <summary>Can the folders take what will be written?</summary>
    public static IEnumerable<Diagnosis> Disk(MachineState machine)
    {
        foreach (var folder in machine.Folders)
        {
            if (!folder.Writable)
                yield return new(Severity.Error, Measurement.All, $"{folder.Path} cannot be written to.",
                    "What is built and measured goes there.",
                    $"make it yours: sudo chown -R \"$USER\" '{folder.Path}'; or free the disk where it is full or read-only");
            else if (folder.Free is { } free && free < folder.Needed)
                yield return new(
                    Severity.Error, Measurement.All,
                    FormattableString.Invariant($"{folder.Path} has {free / Mebibyte} MiB left and needs {folder.Needed / Mebibyte} MiB."),
                    "A build or a boot that runs out of disk fails half way.",
                    "free some: df -h shows what is full, ./build.sh --target=Clean --all removes everything this project made");
        }
    }

    /// <summary>Is everything installed that builds and boots need?</summary>
    public static IEnumerable<Diagnosis> Packages(MachineState machine)
    {
        if (machine.MissingPackages is { Count: > 0 } missing)
        {
            var names = string.Join(' ', missing);
            yield return new(Severity.Error, Measurement.All, $"Not installed: {names}.",
                "Builds and boots need them.",
                $"sudo apt-get install -y {names} (Debian's names; --target=All does it by itself as root)");
        }
    }
}
