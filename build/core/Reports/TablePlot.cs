using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The table as a figure, in the columns of the artifact's own (Platform, Routine call, #Cycles, nsecs), net of the loop.</summary>
public sealed class TablePlot : IPlot
{
    private const int Margin = 8;
    private const int ColumnGap = 22;
    private const int RowHeight = 32;

    public string Name => "table";

    // The paper's table has one setting.
    public bool Suits(Report report) => Plots.Rows(report, Call.Scall).Count > 0 && Dimensions.Varying(report.Document).Count == 0;

    public string Title(Report report) => $"The paper's table, in {Readable.UnitWord(report.Document.Unit)} net of the loop";

    public string Describe(Report report) => string.Join("; ", Lines(report).Skip(1).Select(line => string.Join(" ", line)));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var lines = Lines(report);
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => (int)Math.Ceiling(lines.Select((line, row) => PlotCanvas.WidthOf(line[column], bold: row == 0)).Max()))];
        var (width, height) = ((2 * Margin) + widths.Sum() + (ColumnGap * (widths.Length - 1)), RowHeight * lines.Count);

        // One unit of the axes is one pixel, so that columns can be set like a table's.
        canvas.Axes.Frameless();
        canvas.Axes.SetLimits(0, width, height, 0);
        for (var row = 0; row < lines.Count; row++)
            Row(canvas, lines[row], widths, row);
        Rule(canvas, width, 1, 2);
        Rule(canvas, width, height - 1, 2);
        Rule(canvas, width, RowHeight, 1);
        return new PlotSize(width, height);
    }

    private static List<string[]> Lines(Report report)
    {
        var calls = Plots.Rows(report, Call.Scall);
        var functions = Plots.Rows(report, Call.Fcall);
        var hasTime = calls.Any(row => ResultColumns.Nanoseconds(report.Document, row) is not null);
        List<string[]> lines =
        [
            Line("Platform", "Routine call", report.Document.Unit == Unit.Cycles ? "#Cycles" : $"#{report.Document.Unit}", "nsecs"),
            .. calls.Select(row => Measured(PlatformLabel.Of(report.Document, row.Platform), "System call", row)),
        ];

        // As in the paper one function call stands for all, unless it does not.
        if (functions.Count > 0 && functions.Select(row => Readable.Number(Plots.Value(row).Value)).Distinct().Count() == 1)
            lines.Add(Measured("All", "Function call", functions[0]));
        else
            lines.AddRange(functions.Select(row => Measured(PlatformLabel.Of(report.Document, row.Platform), "Function call", row)));
        return lines;

        string[] Measured(string platform, string routine, ResultRow row) =>
            Line(platform, routine, Readable.Number(Plots.Value(row).Value), Readable.Number(ResultColumns.Nanoseconds(report.Document, row)));

        string[] Line(params string[] cells) => hasTime ? cells : cells[..^1];
    }

    private static void Row(Plot canvas, string[] cells, int[] widths, int row)
    {
        var left = (double)Margin;
        for (var column = 0; column < cells.Length; left += widths[column++] + ColumnGap)
        {
            // Words are set to the left, numbers to the right.
            var (x, alignment) = column < 2 ? (left, Alignment.MiddleLeft) : (left + widths[column], Alignment.MiddleRight);
            canvas.Write(cells[column], x, (row + 0.5) * RowHeight, alignment, bold: row == 0);
        }
    }

    private static void Rule(Plot canvas, int length, double y, float width)
    {
        var rule = canvas.Add.Line(0, y, length, y);
        (rule.LineWidth, rule.LineColor, rule.MarkerSize) = (width, Palette.Text.Color, 0);
    }
}
