namespace SyscallBench.Reports;

/// <summary><c>table.tex</c>: one booktabs tabular per unit, to <c>\input</c> into a paper (needs <c>\usepackage{booktabs}</c>).</summary>
public sealed class LatexExporter : TextExporter
{
    public override string FileName => "table.tex";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine("% \\usepackage{booktabs}");
        foreach (var table in ResultTable.Of(report.Document))
        {
            writer.WriteLine($"% {table.Title}");
            writer.WriteLine($"\\begin{{tabular}}{{{string.Concat(table.Columns.Select(column => column.IsNumber ? 'r' : 'l'))}}}");
            writer.WriteLine("\\toprule");
            writer.WriteLine(Line(table.Columns.Select(column => column.Title)));
            writer.WriteLine("\\midrule");
            foreach (var row in table.Rows)
                writer.WriteLine(Line(table.Columns.Select(column => column.Cell(row).Rounded)));
            writer.WriteLine("\\bottomrule");
            writer.WriteLine("\\end{tabular}");
        }

        foreach (var (platform, reason) in ResultTable.NotMeasured(report.Document))
            writer.WriteLine($"% {platform} was not measured: {reason.ReplaceLineEndings(" ")}");
    }

    private static string Line(IEnumerable<string> cells) => $"{string.Join(" & ", cells.Select(Latex.Escape))} \\\\";
}
