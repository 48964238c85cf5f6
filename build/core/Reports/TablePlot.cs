using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The table as a figure, in the columns of the artifact's own (Platform, Routine call, #Cycles, nsecs), net of the loop.</summary>
public static class TablePlot
{
    private const int Margin = 8;
    private const int ColumnGap = 22;
    private const int RowHeight = 32;

    public static Picture? Of(Report report)
    {
        var lines = Lines(report);
        // The paper's table has one setting.
        return Plots.Rows(report, Call.Scall).Count == 0 || Dimensions.Varying(report.Document).Count > 0 ? null : new Picture(
            $"The paper's table, in {Readable.UnitWord(report.Document.Unit)} net of the loop",
            string.Join("; ", lines.Skip(1).Select(line => string.Join(" ", line))),
            canvas => Draw(canvas, lines));
    }

    private static PlotSize Draw(Plot canvas, List<string[]> lines)
    {
        int[] widths = [.. lines[0].Select((_, column) => (int)Math.Ceiling(lines.Select((line, row) => PlotCanvas.WidthOf(line[column], bold: row == 0)).Max()))];
        var (right, height) = ((2 * Margin) + widths.Sum() + (ColumnGap * (widths.Length - 1)), RowHeight * lines.Count);
        foreach (var (row, line) in lines.Index())
        {
            var left = Margin;
            foreach (var (column, width) in widths.Index())
            {
                // Words are set to the left, numbers to the right.
                var (x, alignment) = column < 2 ? (left, Alignment.MiddleLeft) : (left + width, Alignment.MiddleRight);
                canvas.Write(line[column], x, (row + 0.5) * RowHeight, alignment, bold: row == 0);
                left += width + ColumnGap;
            }
        }

        // One unit of the axes is one pixel, so that columns can be set like a table's.
        canvas.Axes.Frameless();
        canvas.Axes.SetLimits(0, right, height, 0);
        canvas.Line(0, 1, right, 1, 2, Palette.Text);
        canvas.Line(0, height - 1, right, height - 1, 2, Palette.Text);
        canvas.Line(0, RowHeight, right, RowHeight, 1, Palette.Text);
        return new PlotSize(right, height);
    }

    private static List<string[]> Lines(Report report)
    {
        var calls = Plots.Rows(report, Call.Scall);
        var functions = Plots.Rows(report, Call.Fcall);
        var hasTime = calls.Any(row => ResultTable.Nanoseconds(report.Document, row) is not null);
        // As in the paper one function call stands for all, unless it does not.
        var isOne = functions.Select(row => Readable.Number(Plots.Value(row).Value)).Distinct().Count() == 1;
        return
        [
            Line("Platform", "Routine call", report.Document.Unit == Unit.Cycles ? "#Cycles" : $"#{report.Document.Unit}", "nsecs"),
            .. calls.Select(row => Measured(PlatformLabel.Of(report.Document, row.Platform), "System call", row)),
            .. functions.Take(isOne ? 1 : functions.Count).Select(row => Measured(isOne ? "All" : PlatformLabel.Of(report.Document, row.Platform), "Function call", row)),
        ];

        string[] Measured(string platform, string routine, ResultRow row) =>
            Line(platform, routine, Readable.Number(Plots.Value(row).Value), Readable.Number(ResultTable.Nanoseconds(report.Document, row)));

        string[] Line(params string[] cells) => hasTime ? cells : cells[..^1];
    }
}
