using System.Globalization;
using System.Text;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// <c>table.txt</c> in the layout of the EuroSys'21 artifact: per platform the lines tsc, tsc_nsec, fcall, fcall_nsec, scall, scall_nsec with
/// average, median and quartiles, tab-separated, two decimals. Comment lines, which it did not have, say the unit.
/// </summary>
public sealed class ArtifactTableExporter : TextExporter
{
    private static readonly Call[] _calls = [Call.Tsc, Call.Fcall, Call.Scall];

    public override string FileName => "table.txt";

    protected override void Write(Report report, TextWriter writer) => writer.Write(Format(report.Document));

    public static string Format(ResultsDocument document)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# unit: {Describe(document.Unit)}\n");
        var varying = Dimensions.Varying(document);
        foreach (var rows in document.Rows.GroupBy(row => (row.Platform, row.Setting, row.Syscall)))
        {
            var place = varying.Select(dimension => dimension.Value(document, rows.First()) is { } value ? $"{dimension.Title}: {value}" : null);
            AppendPlatform(text, document.Unit, rows.Key.Platform, [.. place.OfType<string>()], rows.ToDictionary(row => row.Call));
        }

        return text.ToString();
    }

    private static void AppendPlatform(StringBuilder text, Unit unit, string platform, IReadOnlyList<string> place, IReadOnlyDictionary<Call, ResultRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"{platform}\n");
        foreach (var comment in place.Concat(Comments(unit, rows)))
        {
            text.Append(CultureInfo.InvariantCulture, $"# {SafeText.Escape(comment)}\n");
        }

        text.Append("\t\tavg\tmed\tq1\tq3\n");
        foreach (var row in _calls.Where(rows.ContainsKey).Select(call => rows[call]))
        {
            var nanoseconds = row.Nanoseconds;
            AppendLine(text, $"{row.Call.Name()}\t", [row.Mean, row.Median, row.Q1, row.Q3]);
            AppendLine(text, $"{row.Call.Name()}_nsec", [nanoseconds?.Mean, nanoseconds?.Median, nanoseconds?.Q1, nanoseconds?.Q3]);
        }

        text.Append('\n');
    }

    private static IEnumerable<string> Comments(Unit unit, IReadOnlyDictionary<Call, ResultRow> rows)
    {
        if (rows.Values.FirstOrDefault(row => row.Unit is not null && row.Unit != unit)?.Unit is { } other)
        {
            yield return $"unit of this platform: {Describe(other)}";
        }

        var missing = rows.Values.Where(row => row.Status == RowStatus.NotMeasured && _calls.Contains(row.Call));
        foreach (var reason in missing.Select(row => row.Reason).Distinct())
        {
            yield return $"not measured: {reason}";
        }

        foreach (var note in rows.Values.Select(row => row.Note).OfType<string>().Distinct())
        {
            yield return note;
        }
    }

    private static void AppendLine(StringBuilder text, string label, IEnumerable<double?> values)
        => text.Append(label).Append('\t').AppendJoin('\t', values.Select(Number)).Append('\n');

    private static string Describe(Unit unit) => unit == Unit.Cycles
        ? "TSC cycles per call; the _nsec lines are nanoseconds"
        : "guest instructions per call, which are not a time and have no nanoseconds";

    // As Python prints a number rounded to two decimals: "222.0", "61.67".
    private static string Number(double? value)
    {
        if (value is not { } number)
        {
            return "-";
        }

        var text = number.ToString("F2", CultureInfo.InvariantCulture);
        text = text.EndsWith('0') ? text[..^1] : text;
        return text == "-0.0" ? "0.0" : text;
    }
}
