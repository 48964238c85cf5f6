using SyscallBench.Machine;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>What the checks said about a machine.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Checks">Every check in its order, with what it noticed; nothing where all was well.</param>
public sealed record DoctorReport(HostFacts Host, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>See <see cref="Grade"/> for the rule.</summary>
    public Grade GradeFor(Measurement measurement) => Affecting(measurement).Select(diagnosis => diagnosis.Severity).DefaultIfEmpty().Max() switch
    {
        Severity.Error => Grade.NotFit,
        Severity.Warning => Grade.FitWithCare,
        _ => Grade.Fit,
    };

    /// <summary>What results of this kind have to carry, most severe first.</summary>
    public IReadOnlyList<Finding> FindingsFor(Measurement measurement) =>
        [.. Affecting(measurement).OrderByDescending(diagnosis => diagnosis.Severity).Select(diagnosis => diagnosis.ToFinding())];

    /// <summary>How many findings of a severity affect a measurement.</summary>
    public int Count(Measurement measurement, Severity severity) => Affecting(measurement).Count(diagnosis => diagnosis.Severity == severity);

    /// <summary>For scripts that go on only where it makes sense.</summary>
    /// <param name="accelerator"><c>kvm</c>, <c>tcg</c>, or <c>auto</c>, for which one of the two is enough.</param>
    /// <exception cref="UserError">The machine is not fit for it.</exception>
    public void RequireFitness(string accelerator)
    {
        var best = new[] { (Name: "kvm", Grade: GradeFor(Measurement.Kvm)), (Name: "tcg", Grade: GradeFor(Measurement.Tcg)) }
            .Where(candidate => accelerator == candidate.Name || accelerator is not ("kvm" or "tcg"))
            .Min(candidate => candidate.Grade);
        if (best == Grade.NotFit)
            throw new UserError($"this machine is not fit to measure with --accel={accelerator}: mend the errors above, and run --target=Doctor again");
    }

    private IEnumerable<Diagnosis> Affecting(Measurement measurement) =>
        Checks.SelectMany(check => check.Diagnoses).Where(diagnosis => (diagnosis.Affects & measurement) != 0);
}

/// <param name="Check">Name of the check.</param>
/// <param name="Diagnoses">What it noticed.</param>
public sealed record CheckResult(string Check, IReadOnlyList<Diagnosis> Diagnoses);
