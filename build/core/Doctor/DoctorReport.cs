using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>What a machine can be fit for; a sum of flags.</summary>
[Flags]
public enum Measurement
{
    None = 0,

    /// <summary>TSC cycles of guests under KVM.</summary>
    Kvm = 1,

    /// <summary>Instructions of guests under TCG: exact whatever the machine does, as long as it does it at all.</summary>
    Tcg = 2,

    /// <summary>TSC cycles on this machine itself.</summary>
    Host = 4,

    /// <summary>Everything that reads a real clock.</summary>
    Cycles = Kvm | Host,

    All = Kvm | Tcg | Host,
}

/// <summary>How fit a machine is for one <see cref="Measurement"/>: as good as the most severe finding that affects it.</summary>
public enum Grade
{
    /// <summary>No warning and no error.</summary>
    Fit,

    /// <summary>At least one warning: numbers come out, and may come out different on another day.</summary>
    FitWithCare,

    /// <summary>At least one error: there will be no number, or one that must not be used.</summary>
    NotFit,
}

/// <summary>Something a check noticed about the machine.</summary>
/// <param name="Severity">How much it matters for what it affects.</param>
/// <param name="Affects">The measurements it matters for.</param>
/// <param name="Seen">What was seen, one sentence with its figures.</param>
/// <param name="Why">Why that matters for the numbers, one sentence.</param>
/// <param name="Remedy">What to run or change; null where nothing can be done.</param>
public sealed record Diagnosis(Severity Severity, Measurement Affects, string Seen, string Why, string? Remedy = null);

public sealed record CheckResult(string Check, IReadOnlyList<Diagnosis> Diagnoses);

/// <summary>What the checks said about a machine.</summary>
/// <param name="Checks">Every check in its order, with what it noticed; nothing where all was well.</param>
public sealed record DoctorReport(HostFacts Host, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Every single measurement with its name in JSON and its title in text, in the order of the report.</summary>
    internal static IReadOnlyList<(Measurement Measurement, string Name, string Title)> Measurements { get; } =
    [
        (Measurement.Kvm, "kvm", "cycles of guests under KVM"),
        (Measurement.Tcg, "tcg", "instructions of guests under TCG"),
        (Measurement.Host, "host", "cycles on this machine itself"),
    ];

    public Grade GradeFor(Measurement measurement) => Affecting(measurement).Select(diagnosis => diagnosis.Severity).DefaultIfEmpty().Max() switch
    {
        Severity.Error => Grade.NotFit,
        Severity.Warning => Grade.FitWithCare,
        _ => Grade.Fit,
    };

    /// <summary>What results of this kind have to carry, most severe first.</summary>
    public IReadOnlyList<Finding> FindingsFor(Measurement measurement) =>
    [
        .. Affecting(measurement)
            .OrderByDescending(diagnosis => diagnosis.Severity)
            .Select(diagnosis => new Finding(diagnosis.Severity, "the machine", diagnosis.Seen, diagnosis.Remedy) { Why = diagnosis.Why }),
    ];

    /// <summary>For scripts that go on only where it makes sense.</summary>
    /// <param name="accelerator"><c>kvm</c>, <c>tcg</c>, or <c>auto</c>, for which one of the two is enough.</param>
    /// <exception cref="UserError">The machine is not fit for it.</exception>
    public void RequireFitness(string accelerator)
    {
        var best = Measurements
            .Where(candidate => candidate.Name != "host" && (accelerator == candidate.Name || accelerator is not ("kvm" or "tcg")))
            .Min(candidate => GradeFor(candidate.Measurement));
        if (best == Grade.NotFit)
            throw new UserError($"this machine is not fit to measure with --accel={accelerator}: mend the errors above, and run --target=Doctor again");
    }

    internal IEnumerable<Diagnosis> Affecting(Measurement measurement) =>
        Checks.SelectMany(check => check.Diagnoses).Where(diagnosis => (diagnosis.Affects & measurement) != 0);
}

/// <summary>Judges one side of the machine. A check reads nothing itself: what it needs is in <see cref="MachineState"/>. It finds nothing where all is well.</summary>
public sealed record DoctorCheck(string Name, Func<MachineState, IEnumerable<Diagnosis>> Look);

/// <summary>Looks at a machine and says what it is fit to measure.</summary>
public static class DoctorExam
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
        new("interrupts", KernelChecks.Interrupts),
        new("cgroup", ResourceChecks.Cgroup),
        new("memory", ResourceChecks.Memory),
        new("disk", ResourceChecks.Disk),
        _packages,
    ];

    /// <summary>Those that Run looks at: whether KVM runs and what is installed it finds out by itself.</summary>
    public static IReadOnlyList<DoctorCheck> BesideRun { get; } = [.. All.Where(check => check != _kvm && check != _packages)];

    /// <param name="checks">In the order of the report; null for all.</param>
    public static DoctorReport Judge(MachineState machine, IReadOnlyList<DoctorCheck>? checks = null) =>
        new(machine.Host, [.. (checks ?? All).Select(check => new CheckResult(check.Name, [.. check.Look(machine)]))]);
}
