using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>The report for programs, as <c>--json</c> prints it.</summary>
public sealed record DoctorDocument
{
    /// <summary>Name and version of this contract.</summary>
    public const string CurrentSchema = "syscall-bench/doctor/v1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary><c>fit</c>, <c>fit-with-care</c> or <c>not-fit</c>, by measurement: <c>kvm</c>, <c>tcg</c>, <c>host</c>.</summary>
    public required IReadOnlyDictionary<string, string> Grades { get; init; }

    /// <summary>Every check in the order of the report, with what it noticed.</summary>
    public required IReadOnlyList<DoctorDocumentCheck> Checks { get; init; }

    /// <summary>The machine, as a result's provenance holds it.</summary>
    public required HostRecord Host { get; init; }

    public static DoctorDocument Of(DoctorReport report) => new()
    {
        Grades = DoctorWords.Measurements.ToDictionary(entry => entry.Name, entry => report.GradeFor(entry.Measurement).Name()),
        Checks = [.. report.Checks.Select(check => new DoctorDocumentCheck(check.Check, [.. check.Diagnoses.Select(DoctorDocumentFinding.Of)]))],
        Host = HostRecord.Of(report.Host),
    };
}

/// <param name="Name">One word.</param>
/// <param name="Findings">Empty where all was well.</param>
public sealed record DoctorDocumentCheck(string Name, IReadOnlyList<DoctorDocumentFinding> Findings);

/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Affects">Measurements, as in <see cref="DoctorDocument.Grades"/>.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Remedy">What to do; null where nothing can be done.</param>
public sealed record DoctorDocumentFinding(string Severity, IReadOnlyList<string> Affects, string Seen, string Why, string? Remedy)
{
    internal static DoctorDocumentFinding Of(Diagnosis diagnosis) =>
        new(diagnosis.Severity.Name(), diagnosis.Affects.Names(), diagnosis.Seen, diagnosis.Why, diagnosis.Remedy);
}
