using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary><c>table.csv</c>: every row with every number at full precision (RFC 4180, comma, header).</summary>
public sealed class CsvExporter : TextExporter
{
    public override string FileName => "table.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        // The system call and the setting's name are there already, whether they vary or not.
        var varying = Dimensions.Varying(report.Document).Select(ResultColumns.Of).Where(column => ResultColumns.All.All(other => other.Key != column.Key));
        List<Column> columns = [.. ResultColumns.All, .. varying];
        writer.WriteLine(Line(columns.Select(column => column.Key)));
        foreach (var row in report.Document.Rows)
            writer.WriteLine(Line(columns.Select(column => column.Of(report.Document, row).Exact)));
    }

    /// <summary>A line of fields, quoted where they have to be.</summary>
    internal static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}

/// <summary>
/// <c>samples.csv</c>: every round of every boot in the clock's own ticks, nothing subtracted, divided or left out: the columns of <see cref="SampleCsv"/> behind
/// the platform, its setting and the unit of its ticks.
/// </summary>
public sealed class SamplesCsvExporter : TextExporter
{
    public override string FileName => "samples.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine($"platform,setting,unit,{SampleCsv.Header}");
        foreach (var platform in report.Samples)
        {
            var row = report.Document.Rows.FirstOrDefault(row => row.Platform == platform.Platform && (platform.Setting is null || platform.Setting == row.Setting));
            var head = CsvExporter.Line([platform.Platform, platform.Setting ?? row?.Setting ?? string.Empty, (platform.Unit ?? row?.Unit ?? report.Document.Unit).Name()]);
            foreach (var sample in platform.Samples)
                writer.WriteLine($"{head},{SampleCsv.Line(sample)}");
        }
    }
}

/// <summary><c>table.md</c>: one table per unit, for a README, an issue or a CI summary.</summary>
public sealed class MarkdownExporter : TextExporter
{
    public override string FileName => "table.md";

    protected override void Write(Report report, TextWriter writer)
    {
        foreach (var line in ResultTable.Of(report.Document).SelectMany(table => table.Table().Markdown().Append(string.Empty)))
            writer.WriteLine(line);
        foreach (var note in report.Document.Rows.Where(row => row.Note is not null).Select(row => $"- {PlatformLabel.Of(row.Platform)}, {ResultColumns.Words(row.Call)}: {Table.EscapeMarkdown(row.Note!)}").Distinct())
            writer.WriteLine(note);
        foreach (var (platform, reason) in ResultTable.NotMeasured(report.Document))
            writer.WriteLine($"- {PlatformLabel.Of(platform)} was not measured: {Table.EscapeMarkdown(reason)}");
    }
}

/// <summary>
/// <c>table.tex</c>: one booktabs tabular per unit, to <c>\input</c> into a paper (needs <c>\usepackage{booktabs}</c>). It fits a column of a two-column page:
/// what people quote, and no more.
/// </summary>
public sealed class LatexExporter : TextExporter
{
    public override string FileName => "table.tex";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine("% \\usepackage{booktabs}");
        foreach (var table in ResultTable.Of(report.Document).SelectMany(table => table.ByCall()))
        {
            writer.WriteLine();
            foreach (var line in table.Latex())
                writer.WriteLine(line);
            writer.WriteLine("\\par\\bigskip");
        }

        foreach (var note in report.Document.Rows.Where(row => row.Note is not null).Select(row => $"% {PlatformLabel.Of(row.Platform)}, {row.Call.Name()}: {SafeText.Escape(row.Note)}").Distinct())
            writer.WriteLine(note);
        foreach (var (platform, reason) in ResultTable.NotMeasured(report.Document))
            writer.WriteLine($"% {PlatformLabel.Of(platform)} was not measured: {SafeText.Escape(reason)}");
    }
}
