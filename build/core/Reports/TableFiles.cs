using SyscallBench.Results;

namespace SyscallBench.Reports;

internal static class TableFiles
{
    /// <summary>Every row with every number at full precision (RFC 4180, comma, header).</summary>
    public static IEnumerable<string> Csv(Report report)
    {
        // The system call and the setting's name are there already, whether they vary or not.
        var varying = Dimensions.Varying(report.Document).Select(ResultColumns.Of).Where(column => ResultColumns.All.All(other => other.Key != column.Key));
        List<Column> columns = [.. ResultColumns.All, .. varying];
        yield return CsvLine(columns.Select(column => column.Key));
        foreach (var row in report.Document.Rows)
            yield return CsvLine(columns.Select(column => column.Of(report.Document, row).Exact));
    }

    /// <summary>
    /// Every round of every boot in the clock's own ticks, nothing subtracted, divided or left out: the columns of <see cref="SampleCsv"/> behind the platform, its setting and the unit
    /// of its ticks.
    /// </summary>
    public static IEnumerable<string> Samples(Report report)
    {
        yield return $"platform,setting,unit,{SampleCsv.Header}";
        foreach (var platform in report.Samples)
        {
            var head = CsvLine([platform.Platform, platform.Setting?.Name ?? string.Empty, platform.Unit.Name()]);
            foreach (var sample in platform.Samples)
                yield return $"{head},{SampleCsv.Line(sample)}";
        }
    }

    /// <summary>One table per unit, for a README, an issue or a CI summary.</summary>
    public static IEnumerable<string> Markdown(Report report)
    {
        foreach (var line in ResultTable.Of(report.Document).SelectMany(table => table.Table().Markdown().Append(string.Empty)))
            yield return line;
        foreach (var remark in Remarks(report.Document, ResultColumns.Words))
            yield return $"- {remark.Subject}{Table.EscapeMarkdown(remark.Text)}";
    }

    /// <summary>
    /// One booktabs tabular per unit, to <c>\input</c> into a paper (needs <c>\usepackage{booktabs}</c>). It fits a column of a two-column page: what people quote, and no more.
    /// </summary>
    public static IEnumerable<string> Latex(Report report)
    {
        yield return "% \\usepackage{booktabs}";
        foreach (var table in ResultTable.Of(report.Document).SelectMany(table => table.ByCall()))
        {
            yield return string.Empty;
            foreach (var line in table.Latex())
                yield return line;
            yield return "\\par\\bigskip";
        }

        foreach (var remark in Remarks(report.Document, call => call.Name()))
            yield return $"% {remark.Subject}{SafeText.Escape(remark.Text)}";
    }

    /// <summary>What a row measures where that is not the noop call, and what was not measured.</summary>
    private static IEnumerable<(string Subject, string Text)> Remarks(ResultsDocument document, Func<Call, string> name) =>
    [
        .. document.Rows.Where(row => row.Note is not null).Select(row => ($"{PlatformLabel.Of(document, row.Platform)}, {name(row.Call)}: ", row.Note!)).Distinct(),
        .. ResultTable.NotMeasured(document).Select(missing => ($"{PlatformLabel.Of(document, missing.Platform)} was not measured: ", missing.Reason)),
    ];

    private static string CsvLine(IEnumerable<string> fields) => string.Join(',', fields.Select(field =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field));
}
