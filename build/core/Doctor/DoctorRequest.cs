namespace SyscallBench.Doctor;

/// <summary>What the machine will be used for.</summary>
public sealed record DoctorRequest
{
    /// <summary>The CPUs that boots will run on; empty where that is not decided.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>Folders that will be written to.</summary>
    public IReadOnlyList<FolderNeed> Folders { get; init; } = [];

    /// <summary>Null to leave KVM out, as a run that counts instructions may.</summary>
    public IKvmProbe? Kvm { get; init; }

    /// <summary>What a look for packages found; null where nobody looked.</summary>
    public PackageState? Packages { get; init; }

    /// <summary>For how long steal time is watched; zero for its share since the machine started.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(1);
}
