using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>Judges one side of the machine. A check reads nothing itself: what it needs is in <see cref="MachineState"/>.</summary>
/// <param name="Name">One word, as the report and its JSON name the check.</param>
/// <param name="Look">What is noteworthy; nothing where all is well.</param>
public sealed record DoctorCheck(string Name, Func<MachineState, IEnumerable<Diagnosis>> Look);

/// <summary>Looks at a machine and says what it is fit to measure.</summary>
/// <param name="checks">In the order of the report.</param>
public sealed class DoctorExam(IReadOnlyList<DoctorCheck> checks)
{
    private static readonly DoctorCheck _kvm = new("kvm", GuestChecks.Kvm);
    private static readonly DoctorCheck _packages = new("packages", ResourceChecks.Packages);

    /// <summary>Every check there is, in the order of the report.</summary>
    public static IReadOnlyList<DoctorCheck> All { get; } =
    [
        _kvm,
        new("hypervisor", GuestChecks.Hypervisor),
        new("clock", ClockChecks.Clock),
        new("frequency", ClockChecks.Frequency),
        new("turbo", ClockChecks.Turbo),
        new("cpu", CoreChecks.Choice),
        new("smt", CoreChecks.Smt),
        new("isolation", CoreChecks.Isolation),
        new("steal", GuestChecks.Steal),
        new("load", CoreChecks.Load),
        new("microcode", KernelChecks.Microcode),
        new("mitigations", KernelChecks.Mitigations),
        new("seccomp", KernelChecks.Seccomp),
        new("cgroup", ResourceChecks.Cgroup),
        new("memory", ResourceChecks.Memory),
        new("disk", ResourceChecks.Disk),
        _packages,
    ];

    /// <summary>Those that Run looks at: whether KVM runs and what is installed it finds out by itself.</summary>
    public static IReadOnlyList<DoctorCheck> BesideRun { get; } = [.. All.Where(check => check != _kvm && check != _packages)];

    /// <summary>Reads the machine and judges it.</summary>
    /// <param name="files">The machine's own files.</param>
    /// <param name="request">What it will be used for.</param>
    /// <param name="cancellation">Ends the probes.</param>
    public async Task<DoctorReport> RunAsync(SystemFiles files, DoctorRequest request, CancellationToken cancellation) =>
        Judge(await MachineState.ReadAsync(files, request, cancellation));

    /// <summary>Judges what was read already.</summary>
    public DoctorReport Judge(MachineState machine) =>
        new(machine.Host, [.. checks.Select(check => new CheckResult(check.Name, [.. check.Look(machine)]))]);
}
