namespace SyscallBench.Doctor;

/// <summary>Every check there is, in the order of the report.</summary>
public static class DoctorChecks
{
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new KvmCheck(),
        new HypervisorCheck(),
        new ClockCheck(),
        new FrequencyCheck(),
        new TurboCheck(),
        new SmtCheck(),
        new IsolationCheck(),
        new StealCheck(),
        new LoadCheck(),
        new MicrocodeCheck(),
        new MitigationsCheck(),
        new MemoryCheck(),
        new DiskCheck(),
        new PackagesCheck(),
    ];

    /// <summary>Those that Run looks at: whether KVM runs and what is installed it finds out by itself.</summary>
    public static IReadOnlyList<IDoctorCheck> BesideRun { get; } = [.. All.Where(check => check is not (KvmCheck or PackagesCheck))];
}
