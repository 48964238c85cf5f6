using ScottPlot;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The table as a figure, in the columns of the artifact's own (Platform, Routine call, #Cycles, nsecs).</summary>
public sealed class TablePlot : IPlot
{
    private const int Margin = 12;
    private const int ColumnGap = 36;
    private const int RowHeight = 40;

    /// <summary>Generous for a letter of our font; a column is as wide as its longest text.</summary>
    private const int LetterWidth = 9;

    public string Name => "table";

    public string Title(Report report) => $"The table of the paper, in {PlotRows.UnitName(report)}";

    public string Describe(Report report) => string.Join("; ", Lines(report).Select(line => string.Join(" ", line)));

    public PlotSize Draw(Plot canvas, Report report)
    {
        string[] head = ["Platform", "Routine call", report.Document.Unit == Unit.Cycles ? "#Cycles" : $"#{report.Document.Unit}", "nsecs"];
        var lines = Lines(report);
        var height = RowHeight * (lines.Count + 1);

        int[] widths = [.. head.Select((title, column) => LetterWidth * lines.Select(line => line[column].Length).Append(title.Length).Max())];
        var width = (2 * Margin) + widths.Sum() + (ColumnGap * (head.Length - 1));

        // One unit of the axes is one pixel, so that columns can be set like a table's.
        canvas.Axes.Frameless();
        canvas.Axes.SetLimits(0, width, height, 0);

        Row(canvas, head, widths, 0, bold: true);
        for (var index = 0; index < lines.Count; index++)
            Row(canvas, lines[index], widths, index + 1, bold: false);
        Rule(canvas, width, 1, 2);
        Rule(canvas, width, height - 1, 2);
        Rule(canvas, width, RowHeight, 1);
        return new PlotSize(width, height);
    }

    private static List<string[]> Lines(Report report)
    {
        var accelerator = report.Document.Accelerator.Split('-')[0].ToUpperInvariant();
        var lines = PlotRows.Of(report, Call.Scall)
            .Select(row => Line(Platform(row.Platform, accelerator), "System call" + (row.Note is null ? Suffix(row.Platform) : $" ({row.Note})"), row))
            .ToList();

        // As in the paper one function call stands for all, unless it does not.
        var functions = PlotRows.Of(report, Call.Fcall);
        if (functions.Count > 0 && functions.Select(row => Readable.Number(row.Median)).Distinct().Count() == 1)
            lines.Add(Line("All", "Function call", functions[0]));
        else
            lines.AddRange(functions.Select(row => Line(Platform(row.Platform, accelerator), "Function call" + Suffix(row.Platform), row)));

        return lines;
    }

    private static string[] Line(string platform, string routine, ResultRow row) =>
        [platform, routine, Readable.Number(row.Median), Readable.Number(row.Nanoseconds?.Median)];

    private static string Platform(string platform, string accelerator) => platform switch
    {
        "linux-nomitig" => $"Linux/{accelerator}",
        "floor" or "floor-ring0" => $"Floor/{accelerator}",
        // No guest, no accelerator.
        "host" => "Host",
        _ => $"{PlatformLabel.Of(platform)}/{accelerator}",
    };

    private static string Suffix(string platform) => platform switch
    {
        "linux-nomitig" => " (no mitigations)",
        "floor" => " (ring 3)",
        "floor-ring0" => " (ring 0)",
        _ => string.Empty,
    };

    private static void Row(Plot canvas, string[] cells, int[] widths, int row, bool bold)
    {
        var left = (double)Margin;
        for (var column = 0; column < cells.Length; left += widths[column++] + ColumnGap)
        {
            // Words are set to the left, numbers to the right.
            var (x, alignment) = column < 2 ? (left, Alignment.MiddleLeft) : (left + widths[column], Alignment.MiddleRight);
            canvas.Write(cells[column], x, (row + 0.5) * RowHeight, alignment, bold: bold);
        }
    }

    private static void Rule(Plot canvas, int length, double y, float width)
    {
        var rule = canvas.Add.Line(0, y, length, y);
        (rule.LineWidth, rule.LineColor, rule.MarkerSize) = (width, Inks.Text.Color, 0);
    }
}
