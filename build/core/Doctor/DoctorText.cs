using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>The report for people.</summary>
public static class DoctorText
{
    private const int KindColumns = 9;

    private const string Rule =
        "Fit: no warning and no error bears on it. Fit with care: a warning does. Not fit: an error does. What is only worth knowing lowers no grade.";

    /// <summary>Line by line.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="paint">Colours kinds and grades.</param>
    /// <param name="width">Columns, at least 60; commands are never broken.</param>
    public static IEnumerable<string> Lines(DoctorReport report, Paint paint, int width = 110)
    {
        ArgumentNullException.ThrowIfNull(paint);
        foreach (var line in report.Checks.SelectMany(check => Check(check, paint, width)))
            yield return line;

        yield return "";
        var titles = DoctorWords.Measurements.Max(entry => entry.Title.Length);
        foreach (var (measurement, _, title) in DoctorWords.Measurements)
            yield return $"{title.PadRight(titles)}  {paint(report.GradeFor(measurement).Tone(), report.GradeFor(measurement).Text())}{Counts(report, measurement)}";

        yield return "";
        foreach (var line in Wrap(Rule, width))
            yield return line;
    }

    private static IEnumerable<string> Check(CheckResult check, Paint paint, int width)
    {
        if (check.Diagnoses.Count == 0)
            return [Row(check.Check, "ok", "", paint, Tone.Good).TrimEnd()];

        return check.Diagnoses.SelectMany((diagnosis, index) =>
            Cell(index == 0 ? check.Check : "", diagnosis.Severity.Name(), diagnosis.Seen, diagnosis.Severity.Tone())
            .Concat(Cell("", "  why", diagnosis.Why))
            .Concat(diagnosis.Remedy is { } remedy ? [Row("", "  do", remedy)] : []));

        IEnumerable<string> Cell(string name, string kind, string text, Tone tone = Tone.Plain) =>
            Wrap(text, width - Row("", "", "").Length).Select((line, index) => index == 0 ? Row(name, kind, line, paint, tone) : Row("", "", line));
    }

    private static string Row(string name, string kind, string text, Paint? paint = null, Tone tone = Tone.Plain) =>
        $"{name,-12}{paint?.Invoke(tone, kind) ?? kind}{new string(' ', KindColumns - kind.Length)}{text}";

    private static string Counts(DoctorReport report, Measurement measurement)
    {
        string?[] counts = [Count(Severity.Error, "error"), Count(Severity.Warning, "warning")];
        var text = string.Join(", ", counts.OfType<string>());
        return text.Length == 0 ? "" : $" ({text})";

        string? Count(Severity severity, string word) => report.Count(measurement, severity) switch
        {
            0 => null,
            1 => $"1 {word}",
            var count => string.Create(CultureInfo.InvariantCulture, $"{count} {word}s"),
        };
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
