namespace SyscallBench.Reports;

/// <summary>A plot as SVG: transparent, in the colours of the reader's theme.</summary>
public sealed class SvgExporter(IPlot plot) : TextExporter
{
    public override string FileName => $"{plot.Name}.svg";

    /// <summary>The figure as an <c>svg</c> element that can stand inside HTML.</summary>
    public static string Render(IPlot plot, Report report)
    {
        using var canvas = PlotCanvas.Create();
        var size = plot.Draw(canvas, report);
        return SvgTheme.Apply(canvas.GetSvgXml(size.Width, size.Height), plot.Name, plot.Title(report), plot.Describe(report), size);
    }

    protected override void Write(Report report, TextWriter writer) => writer.Write(Render(plot, report));
}
