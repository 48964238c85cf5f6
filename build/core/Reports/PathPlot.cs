using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The instructions of one system call on each platform, a bar in parts by what they are there for.</summary>
public static class PathPlot
{
    private const int LeastWidth = 270;
    private const int RowHeight = 40;

    /// <summary>Around the figure, and between a sample of a colour and its name.</summary>
    private const int Margins = 44;

    private const int Sample = 14;
    private const double LegendRow = 0.6;

    /// <summary>A part that is narrower than its number and this has none.</summary>
    private const int NumberMargin = 4;

    public static Picture? Of(Report report) => report.Explanation is not { } explanation ? null : new Picture(
        "Instructions of one system call, by what they are there for",
        string.Join("; ", explanation.Paths
            .Select(path => $"{PlatformLabel.Of(report, path)} {path.Total}: {string.Join(", ", path.ByCategory().Select(part => $"{part.Category.Name()} {part.Instructions}"))}")),
        canvas => Draw(canvas, explanation.Paths, [.. explanation.Paths.Select(path => PlatformLabel.Of(report, path))]));

    private static PlotSize Draw(Plot canvas, IReadOnlyList<ExplainedPath> paths, List<string> names)
    {
        var categories = paths.SelectMany(path => path.ByCategory()).Select(part => part.Category).Distinct().Order().ToList();
        var width = Math.Max(LeastWidth, Sample + Margins + categories.Max(category => PlotCanvas.WidthOf(category.Name())));
        // Room at the right for the total behind the longest bar.
        var most = paths.Max(path => path.Total);
        var unit = (width - PlotCanvas.WidthOf($"{most}", bold: true) - Margins) / most;
        foreach (var (row, path) in paths.Index())
        {
            var start = 0;
            foreach (var (category, instructions) in path.ByCategory())
            {
                canvas.Bar(start, start + instructions, -row, 0.62, Palette.Categories[(int)category]);
                if (instructions * unit > PlotCanvas.WidthOf($"{instructions}") + NumberMargin)
                    canvas.Write($"{instructions}", start + (instructions / 2.0), -row, Alignment.MiddleCenter);
                start += instructions;
            }

            canvas.Write($"{path.Total}", path.Total, -row, Alignment.MiddleLeft, offsetX: 8, bold: true);
        }

        foreach (var (index, category) in categories.Index())
        {
            var y = 0.2 - paths.Count - (LegendRow * index);
            canvas.Bar(0, Sample / unit, y, LegendRow * 0.7, Palette.Categories[(int)category]);
            canvas.Write(category.Name(), Sample / unit, y, Alignment.MiddleLeft, offsetX: 8);
        }

        var legend = LegendRow * categories.Count;
        return canvas.NameRows(names, (0, (width - (Margins / 2)) / unit), (0.55 - paths.Count - legend, 0.6), width, RowHeight * (paths.Count + legend));
    }
}
