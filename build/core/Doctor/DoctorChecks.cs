using SyscallBench.Doctor.Checks;

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
}
