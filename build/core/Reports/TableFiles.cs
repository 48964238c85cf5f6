using SyscallBench.Results;

namespace SyscallBench.Reports;

internal static class TableFiles
{
    /// <summary>Every row with every number at full precision (RFC 4180, comma, header).</summary>
    public static IEnumerable<string> Csv(Report report)
    {
        var columns = Columns(report.Document);
        // The system call and the setting's name are there already, whether they vary or not.
        foreach (var dimension in Dimensions.Varying(report.Document).Where(dimension => columns.All(column => column.Key != dimension.Key)))
            columns.Add((dimension.Key, row => dimension.Value(report.Document, row)));
        return report.Document.Rows.Select(row => columns.Select(column => Convert.ToString(column.Of(row), CultureInfo.InvariantCulture) ?? ""))
            .Prepend(columns.Select(column => column.Key)).Select(CsvLine);
    }

    // ResultRow says what they are.
    private static List<(string Key, Func<ResultRow, object?> Of)> Columns(ResultsDocument document) =>
    [
        ("platform", row => row.Platform),
        ("call", row => row.Call.Name()),
        ("syscall", row => row.Syscall),
        ("setting", row => row.Setting),
        ("status", row => row.Status.Name()),
        ("unit", row => (row.Unit ?? document.Unit).Name()),
        ("net_median", row => row.Net?.Median),
        ("net_ci95_low", row => row.Net?.Ci95?.Low), ("net_ci95_high", row => row.Net?.Ci95?.High),
        ("net_ns", row => ResultTable.Nanoseconds(document, row)),
        ("ratio_to", row => ResultTable.Ratio(document, row)?.Base),
        ("ratio", row => ResultTable.Ratio(document, row)?.Ratio),
        ("ratio_ci95_low", row => ResultTable.Ratio(document, row)?.Ci95?.Low), ("ratio_ci95_high", row => ResultTable.Ratio(document, row)?.Ci95?.High),
        // A count that is zero because nothing was measured would read as a measurement.
        ("boots", row => row.Status == RowStatus.Measured ? row.Boots : null),
        ("samples", row => row.Status == RowStatus.Measured ? row.Samples : null),
        ("disturbed", row => row.Status == RowStatus.Measured ? row.Disturbed : null),
        ("disturbed_interrupt", row => row.DisturbedBy?.Interrupt),
        ("disturbed_context_switch", row => row.DisturbedBy?.ContextSwitch),
        ("disturbed_migration", row => row.DisturbedBy?.Migration),
        ("disturbed_steal", row => row.DisturbedBy?.Steal),
        ("disturbed_clock", row => row.DisturbedBy?.Clock),
        ("mean", row => row.Mean),
        ("median", row => row.Median),
        ("q1", row => row.Q1), ("q3", row => row.Q3),
        ("min", row => row.Min), ("max", row => row.Max),
        ("ci95_low", row => row.Ci95?.Low), ("ci95_high", row => row.Ci95?.High),
        ("outliers_low", row => row.Outliers?.Low), ("outliers_high", row => row.Outliers?.High),
        ("ns_mean", row => row.Nanoseconds?.Mean),
        ("ns_median", row => row.Nanoseconds?.Median),
        ("ns_q1", row => row.Nanoseconds?.Q1), ("ns_q3", row => row.Nanoseconds?.Q3),
        ("reason", row => row.Reason),
        ("note", row => row.Note),
    ];

    /// <summary>
    /// Every round of every boot in the clock's own ticks, nothing subtracted, divided or left out: the columns of <see cref="SampleCsv"/> behind the platform, its setting and the unit
    /// of its ticks.
    /// </summary>
    public static IEnumerable<string> Samples(Report report) =>
    [
        $"platform,setting,unit,{SampleCsv.Header}",
        .. from platform in report.Samples
           let head = CsvLine([platform.Platform, platform.Setting?.Name ?? "", platform.Unit.Name()])
           from sample in platform.Samples
           select $"{head},{SampleCsv.Line(sample)}",
    ];

    /// <summary>One table per unit, for a README, an issue or a CI summary.</summary>
    public static IEnumerable<string> Markdown(Report report) =>
    [
        .. ResultTable.Of(report.Document).SelectMany(table => table.Table().Markdown().Append("")),
        .. Remarks(report.Document, ResultTable.Words).Select(remark => $"- {remark.Subject}{Table.EscapeMarkdown(remark.Text)}"),
    ];

    /// <summary>
    /// One booktabs tabular per unit, to <c>\input</c> into a paper (needs <c>\usepackage{booktabs}</c>). It fits a column of a two-column page: what people quote, and no more.
    /// </summary>
    public static IEnumerable<string> Latex(Report report) =>
    [
        "% \\usepackage{booktabs}",
        .. ResultTable.Of(report.Document).SelectMany(table => table.ByCall()).SelectMany(table => (string[])["", .. table.Latex(), "\\par\\bigskip"]),
        .. Remarks(report.Document, call => call.Name()).Select(remark => $"% {remark.Subject}{SafeText.Escape(remark.Text)}"),
    ];

    /// <summary>What a row measures where that is not the noop call, and what was not measured.</summary>
    private static IEnumerable<(string Subject, string Text)> Remarks(ResultsDocument document, Func<Call, string> name) =>
    [
        .. document.Rows.Where(row => row.Note is not null).Select(row => ($"{PlatformLabel.Of(document, row.Platform)}, {name(row.Call)}: ", row.Note!)).Distinct(),
        .. ResultTable.NotMeasured(document).Select(missing => ($"{PlatformLabel.Of(document, missing.Platform)} was not measured: ", missing.Reason)),
    ];

    private static string CsvLine(IEnumerable<string> fields) => string.Join(',', fields.Select(field =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field));
}

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
