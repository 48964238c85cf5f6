using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The instructions of one system call on each platform, a bar in parts by what they are there for.</summary>
public sealed class PathPlot : IPlot
{
    private const int LeastWidth = 270;
    private const int RowHeight = 40;

    /// <summary>Around the figure, and between a sample of a colour and its name.</summary>
    private const int Margins = 44;

    private const int Sample = 14;

    private const double LegendRow = 0.6;

    /// <summary>A part that is narrower than its number and this has none.</summary>
    private const int NumberMargin = 4;

    public string Name => "explain";

    public bool Suits(Report report) => report.Explanation is not null;

    public string Title(Report report) => "Instructions of one system call, by what they are there for";

    public string Describe(Report report) => string.Join("; ", Paths(report)
        .Select(path => $"{PlatformLabel.Of(report, path)} {path.Total}: {string.Join(", ", path.ByCategory().Select(part => $"{part.Category.Name()} {part.Instructions}"))}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var paths = Paths(report);
        var names = paths.Select(path => PlatformLabel.Of(report, path)).ToList();
        var categories = paths.SelectMany(path => path.ByCategory()).Select(part => part.Category).Distinct().Order().ToList();
        var width = Math.Max(LeastWidth, Sample + Margins + categories.Max(category => PlotCanvas.WidthOf(category.Name())));
        // Room at the right for the total behind the longest bar.
        var most = paths.Max(path => path.Total);
        var unit = (width - PlotCanvas.WidthOf($"{most}", bold: true) - Margins) / most;
        canvas.NameRows(names);
        canvas.Axes.SetLimitsX(0, (width - (Margins / 2)) / unit);
        canvas.Axes.Bottom.IsVisible = false;
        for (var row = 0; row < paths.Count; row++)
            Bar(canvas, paths[row], -row, unit);

        for (var index = 0; index < categories.Count; index++)
        {
            var y = 0.2 - paths.Count - (LegendRow * index);
            Part(canvas, 0, Sample / unit, y, LegendRow * 0.7, categories[index]);
            canvas.Write(categories[index].Name(), Sample / unit, y, Alignment.MiddleLeft, offsetX: 8);
        }

        canvas.Axes.SetLimitsY(0.55 - paths.Count - (LegendRow * categories.Count), 0.6);
        return new PlotSize((int)names.Max(name => PlotCanvas.WidthOf(name)) + (int)width, 20 + (int)(RowHeight * (paths.Count + (LegendRow * categories.Count))));
    }

    private static IReadOnlyList<ExplainedPath> Paths(Report report) => report.Explanation?.Paths ?? [];

    private static void Bar(Plot canvas, ExplainedPath path, double position, float unit)
    {
        var start = 0;
        foreach (var (category, instructions) in path.ByCategory())
        {
            Part(canvas, start, start + instructions, position, 0.62, category);
            if (instructions * unit > PlotCanvas.WidthOf($"{instructions}") + NumberMargin)
                canvas.Write($"{instructions}", start + (instructions / 2.0), position, Alignment.MiddleCenter);
            start += instructions;
        }

        canvas.Write($"{path.Total}", path.Total, position, Alignment.MiddleLeft, offsetX: 8, bold: true);
    }

    private static void Part(Plot canvas, double from, double to, double position, double size, Category category)
    {
        var bar = canvas.Add.Bar(new Bar { Position = position, ValueBase = from, Value = to, Size = size, Orientation = Orientation.Horizontal }).Bars[0];
        bar.FillColor = Palette.Categories[(int)category].Color;
        (bar.LineWidth, bar.LineColor) = (1, Palette.Text.Color);
    }
}
