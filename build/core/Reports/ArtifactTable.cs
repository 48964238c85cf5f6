using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// <c>table.txt</c> in the layout of the EuroSys'21 artifact: per platform the lines tsc, tsc_nsec, fcall, fcall_nsec, scall, scall_nsec with
/// average, median and quartiles, tab-separated, two decimals. Comment lines, which it did not have, say the unit.
/// </summary>
public static class ArtifactTable
{
    private static readonly Call[] _calls = [Call.Tsc, Call.Fcall, Call.Scall];

    public static IEnumerable<string> Lines(ResultsDocument document)
    {
        var varying = Dimensions.Varying(document);
        return
        [
            $"# unit: {Describe(document.Unit)}",
            .. document.Rows.GroupBy(row => (row.Platform, row.Setting, row.Syscall)).SelectMany(rows => (string[])
            [
                rows.Key.Platform,
                .. varying.Where(dimension => dimension.Value(document, rows.First()) is not null).Select(dimension => $"# {dimension.Title}: {SafeText.Escape(dimension.Value(document, rows.First()))}"),
                .. Comments(document.Unit, rows).Select(comment => $"# {SafeText.Escape(comment)}"),
                "\t\tavg\tmed\tq1\tq3",
                .. _calls.SelectMany(call => rows.Where(row => row.Call == call)).SelectMany(row => (string[])
                [
                    Line($"{row.Call.Name()}\t", row.Mean, row.Median, row.Q1, row.Q3),
                    Line($"{row.Call.Name()}_nsec", row.Nanoseconds?.Mean, row.Nanoseconds?.Median, row.Nanoseconds?.Q1, row.Nanoseconds?.Q3),
                ]),
                string.Empty,
            ]),
        ];
    }

    private static IEnumerable<string> Comments(Unit unit, IEnumerable<ResultRow> rows) =>
    [
        .. rows.Select(row => row.Unit).OfType<Unit>().Where(other => other != unit).Take(1).Select(other => $"unit of this platform: {Describe(other)}"),
        .. rows.Where(row => row.Status == RowStatus.NotMeasured && _calls.Contains(row.Call)).Select(row => $"not measured: {row.Reason}").Distinct(),
        .. rows.Select(row => row.Note).OfType<string>().Distinct(),
    ];

    private static string Line(string label, params double?[] values) => $"{label}\t{string.Join('\t', values.Select(Number))}";

    private static string Describe(Unit unit) => unit == Unit.Cycles
        ? "TSC cycles per call; the _nsec lines are nanoseconds"
        : "guest instructions per call, which are not a time and have no nanoseconds";

    // As Python prints a number rounded to two decimals: "222.0", "61.67".
    private static string Number(double? value)
    {
        if (value is not { } number)
            return "-";
        var text = number.ToString("F2", CultureInfo.InvariantCulture);
        text = text.EndsWith('0') ? text[..^1] : text;
        return text == "-0.0" ? "0.0" : text;
    }
}
