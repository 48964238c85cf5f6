using ScottPlot;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A figure of a report. To add one: a class, and a line in <see cref="Plots"/>; its SVG and PNG follow.</summary>
public interface IPlot
{
    /// <summary>File name without extension.</summary>
    string Name { get; }

    /// <summary>Whether there is anything to see in it.</summary>
    bool Suits(Report report);

    /// <summary>One line with the figure.</summary>
    string Title(Report report);

    /// <summary>What the figure shows, in words and figures, for who cannot see it.</summary>
    string Describe(Report report);

    /// <summary>Draws into an empty, styled canvas and says how large it wants to be, in CSS pixels.</summary>
    PlotSize Draw(Plot canvas, Report report);
}

/// <summary>Width and height in CSS pixels.</summary>
public readonly record struct PlotSize(int Width, int Height);

/// <summary>Every figure of a report, in the order in which it shows them.</summary>
public static class Plots
{
    public static IReadOnlyList<IPlot> All { get; } = [new BarPlot(), new SettingsPlot(), new DistributionPlot(), new TimelinePlot(), new TablePlot(), new PathPlot()];

    /// <summary>Which rows an axis shows: those of the document's own unit, since an axis has one unit.</summary>
    public static IReadOnlyList<ResultRow> Rows(Report report, Call call) =>
        [.. report.Document.Rows.Where(row => row.Call == call && row.Status == RowStatus.Measured && row.Unit == report.Document.Unit && row.Median is not null)];

    /// <summary>The number that people read first: net of the loop, or what there is.</summary>
    public static ComparedValue Value(ResultRow row) => ComparedValue.OfNet(row) ?? ComparedValue.OfMedian(row) ?? default;
}

/// <summary>A plot as SVG: transparent, in the colours of the reader's theme.</summary>
public sealed class SvgExporter(IPlot plot) : TextExporter
{
    public override string FileName => $"{plot.Name}.svg";

    public override bool Suits(Report report) => plot.Suits(report);

    /// <summary>The figure as an <c>svg</c> element that can stand inside HTML.</summary>
    public static string Render(IPlot plot, Report report)
    {
        using var canvas = PlotCanvas.Create();
        var size = plot.Draw(canvas, report);
        return SvgTheme.Apply(canvas.GetSvgXml(size.Width, size.Height), plot.Name, plot.Title(report), plot.Describe(report), size);
    }

    protected override void Write(Report report, TextWriter writer) => writer.Write(Render(plot, report));
}

/// <summary>A plot as PNG on white, twice the size of its SVG for sharp print and dense screens.</summary>
public sealed class PngExporter(IPlot plot) : IExporter
{
    private const int Scale = 2;

    public string FileName => $"{plot.Name}.png";

    public bool Suits(Report report) => plot.Suits(report);

    public void Export(Report report, Stream output)
    {
        using var canvas = PlotCanvas.Create();
        canvas.FigureBackground.Color = Colors.White;
        var size = plot.Draw(canvas, report);
        canvas.ScaleFactor = Scale;
        output.Write(canvas.GetImageBytes(size.Width * Scale, size.Height * Scale, ImageFormat.Png));
    }
}
