namespace SyscallBench.Reports;

/// <summary><c>table.md</c>: one table per unit, for a README, an issue or a CI summary.</summary>
public sealed class MarkdownExporter : TextExporter
{
    public override string FileName => "table.md";

    protected override void Write(Report report, TextWriter writer)
    {
        foreach (var table in ResultTable.Of(report.Document))
        {
            writer.WriteLine($"### {table.Title}");
            writer.WriteLine();
            writer.WriteLine(Line(table.Columns.Select(column => column.Title)));
            writer.WriteLine(Line(table.Columns.Select(column => column.IsNumber ? "---:" : "---")));
            foreach (var row in table.Rows)
                writer.WriteLine(Line(table.Columns.Select(column => Markdown.Escape(column.Cell(row).Rounded))));
            writer.WriteLine();
        }

        foreach (var row in report.Document.Rows.Where(row => row.Note is not null))
            writer.WriteLine($"- {row.Platform} {ResultColumns.Call.Cell(row).Rounded}: {Markdown.Escape(row.Note!)}");
        foreach (var (platform, reason) in ResultTable.NotMeasured(report.Document))
            writer.WriteLine($"- {platform} was not measured: {Markdown.Escape(reason)}");
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
