using System.Text.RegularExpressions;
using SyscallBench.Reports;

namespace SyscallBench.Doctor;

/// <summary>The report for people.</summary>
public static class DoctorText
{
    private const int KindColumns = 9;

    private const string Rule =
        "Fit: no warning and no error bears on it. Fit with care: a warning does. Not fit: an error does. What is only worth knowing lowers no grade.";

    /// <summary>Line by line.</summary>
    /// <param name="width">Columns, at least 60; commands are never broken.</param>
    public static IEnumerable<string> Lines(DoctorReport report, int width = 110)
    {
        foreach (var line in report.Checks.SelectMany(check => Check(check, width)))
            yield return line;

        yield return "";
        var titles = DoctorReport.Measurements.Max(entry => entry.Title.Length);
        foreach (var (measurement, _, title) in DoctorReport.Measurements)
            yield return $"{title.PadRight(titles)}  {report.GradeFor(measurement).Name().Replace('-', ' ')}{Counts(report, measurement)}";

        yield return "";
        foreach (var line in Wrap(Rule, width))
            yield return line;
    }

    private static IEnumerable<string> Check(CheckResult check, int width)
    {
        if (check.Diagnoses.Count == 0)
            return [Row(check.Check, "ok", "").TrimEnd()];

        return check.Diagnoses.SelectMany((diagnosis, index) =>
            Cell(index == 0 ? check.Check : "", diagnosis.Severity.Name(), diagnosis.Seen)
            .Concat(Cell("", "  why", diagnosis.Why))
            .Concat(diagnosis.Remedy is { } remedy ? [Row("", "  do", remedy)] : []));

        IEnumerable<string> Cell(string name, string kind, string text) =>
            Wrap(text, width - Row("", "", "").Length).Select((line, index) => index == 0 ? Row(name, kind, line) : Row("", "", line));
    }

    private static string Row(string name, string kind, string text) => $"{name,-12}{kind.PadRight(KindColumns)}{text}";

    private static string Counts(DoctorReport report, Measurement measurement)
    {
        var counts = report.Affecting(measurement).Where(diagnosis => diagnosis.Severity > Severity.Info).GroupBy(diagnosis => diagnosis.Severity)
            .OrderByDescending(same => same.Key).Select(same => Readable.Count(same.Count(), same.Key.Name())).ToList();
        return counts.Count == 0 ? "" : $" ({string.Join(", ", counts)})";
    }

    // As many whole words as a line takes; one that is longer has a line of its own.
    private static IEnumerable<string> Wrap(string text, int width) =>
        Regex.Matches(text, string.Create(CultureInfo.InvariantCulture, $@"\S.{{0,{width - 1}}}(?!\S)|\S+")).Select(line => line.Value.TrimEnd());
}

/// <summary>
/// The report for programs, as <c>--json</c> prints it: the grade of each measurement (<c>fit</c>, <c>fit-with-care</c>, <c>not-fit</c>), every check with what it
/// noticed, and the machine as a result's provenance holds it.
/// </summary>
public static class DoctorJson
{
    public static string Of(DoctorReport report) => JsonFormat.Serialize(new
    {
        Schema = "syscall-bench/doctor/v1",
        Grades = DoctorReport.Measurements.ToDictionary(entry => entry.Name, entry => report.GradeFor(entry.Measurement)),
        Checks = report.Checks.Select(check => new { Name = check.Check, Findings = check.Diagnoses.Select(Finding) }),
        Host = report.Host.ToRecord(),
    }).TrimEnd();

    private static object Finding(Diagnosis diagnosis) => new
    {
        diagnosis.Severity,
        Affects = DoctorReport.Measurements.Where(entry => (diagnosis.Affects & entry.Measurement) != 0).Select(entry => entry.Name),
        diagnosis.Seen,
        diagnosis.Why,
        diagnosis.Remedy,
    };
}
