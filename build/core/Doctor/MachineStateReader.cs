using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>Reads what the checks judge.</summary>
public static class MachineStateReader
{
    public static async Task<MachineState> ReadAsync(SystemFiles files, DoctorRequest request, CancellationToken cancellation)
    {
        // The load of the last minute is read before anything is done here that adds to it.
        var load = files.ReadValue("/proc/loadavg") is { } text ? LoadAverage.Parse(text) : null;
        var times = await TimesAsync(files, request.Watch, cancellation);
        return new MachineState
        {
            Host = HostFacts.Read(files),
            Cores = Cores(Topology.Read(files), request.Cpus),
            Load = load,
            Times = times,
            Kvm = request.Kvm is { } kvm ? await kvm.ProbeAsync(cancellation) : null,
            Packages = request.Packages,
            Folders = [.. request.Folders.Select(FolderState.Read)],
        };
    }

    private static async Task<CpuTimes?> TimesAsync(SystemFiles files, TimeSpan watch, CancellationToken cancellation)
    {
        var before = Times(files);
        if (before is null || watch <= TimeSpan.Zero)
            return before;

        await Task.Delay(watch, cancellation);
        var spent = Times(files)?.Since(before);

        // An idle machine wants no time and is stolen none: then what happened since boot says more.
        return spent is { Busy: > 0 } ? spent : before;
    }

    private static CpuTimes? Times(SystemFiles files) => files.ReadValue("/proc/stat") is { } text ? CpuTimes.Parse(text) : null;

    private static Dictionary<int, IReadOnlyList<int>> Cores(Topology topology, IReadOnlyList<int> cpus) => topology.Cpus
        .Select(online => online.Cpu)
        .Intersect(cpus)
        .ToDictionary(cpu => cpu, topology.Siblings);
}
