using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>Everything the checks judge, read once. Null where it is not known or was not asked for.</summary>
public sealed record MachineState
{
    public required HostFacts Host { get; init; }

    /// <summary>The CPUs that boots will run on, each with the online CPUs that share its core, itself among them.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<int>> Cores { get; init; } = new Dictionary<int, IReadOnlyList<int>>();

    /// <summary>Mean number of tasks that ran or waited in the last minute.</summary>
    public double? Load { get; init; }

    /// <summary>How the CPUs spent the last moments, or all time since boot.</summary>
    public CpuTimes? Times { get; init; }

    public KvmState? Kvm { get; init; }

    public PackageState? Packages { get; init; }

    public IReadOnlyList<FolderState> Folders { get; init; } = [];
}
