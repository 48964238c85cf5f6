using ScottPlot;

namespace SyscallBench.Reports;

/// <summary>A plot as PNG on white, twice the size of its SVG for sharp print and dense screens.</summary>
public sealed class PngExporter(IPlot plot) : IExporter
{
    private const int Scale = 2;

    public string FileName => $"{plot.Name}.png";

    public void Export(Report report, Stream output)
    {
        using var canvas = PlotCanvas.Create();
        canvas.FigureBackground.Color = Colors.White;
        var size = plot.Draw(canvas, report);
        canvas.ScaleFactor = Scale;
        output.Write(canvas.GetImageBytes(size.Width * Scale, size.Height * Scale, ImageFormat.Png));
    }
}
