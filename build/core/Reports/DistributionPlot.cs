using System.Globalization;
using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// How far samples lie from their platform's median: a violin per platform where they spread, a point per boot where every
/// sample is the same. The medians themselves are too far apart to see a spread on a common axis.
/// </summary>
public sealed class DistributionPlot : IPlot
{
    private const int MostPoints = 60;

    /// <summary>Room beside the violins for a word about samples that lie outside.</summary>
    private const double Room = 1.35;

    public string Name => "distribution";

    public string Title(Report report) => $"Spread of the samples around each platform's median, {PlotRows.UnitName(report)}";

    public string Describe(Report report) => string.Join("; ", report.Distributions.Select(distribution => Describe(distribution.Row)));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var distributions = report.Distributions;
        if (distributions.Count == 0)
            return canvas.Empty("no system call was measured");

        canvas.Add.VerticalLine(0, 1, Inks.Faint.Color);
        for (var index = 0; index < distributions.Count; index++)
        {
            if (distributions[index].IsExact)
                Points(canvas, distributions[index], -index);
            else
                Violin(canvas, distributions[index], -index);
        }

        var reach = distributions[0].Reach * Room;
        canvas.NameRows([.. distributions.Select(distribution => $"{PlatformLabel.Of(distribution.Row)}: {Readable.Number(distribution.Row.Median)}")]);
        canvas.Axes.SetLimitsX(-reach, reach);
        canvas.Axes.Bottom.Label.Text = $"{PlotRows.UnitName(report)} from the platform's median";
        return new PlotSize(720, 70 + (62 * distributions.Count));
    }

    private static string Describe(ResultRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{PlatformLabel.Of(row)}: {row.Samples} samples, quartiles {Readable.Number(row.Q1)} and {Readable.Number(row.Q3)}");

    private static void Points(Plot canvas, CallDistribution distribution, double position)
    {
        var boots = distribution.Boots;
        var shown = Math.Min(boots.Count, MostPoints);
        for (var boot = 0; boot < shown; boot++)
        {
            // Boots stand side by side from top to bottom, or equal ones would hide each other.
            var offset = shown == 1 ? 0 : 0.3 - (0.6 * boot / (shown - 1));
            canvas.Add.Marker(boots[boot], position + offset, MarkerShape.FilledCircle, 7, Inks.Text.Color);
        }

        canvas.Write(Caption(boots.Count, shown), 0, position, Alignment.MiddleLeft, offsetX: 14);
    }

    private static string Caption(int boots, int shown) => boots switch
    {
        0 => "no samples at hand",
        1 => "1 boot",
        _ when boots > shown => string.Create(CultureInfo.InvariantCulture, $"the first {shown} of {boots} boots, one point each"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{boots} boots, one point each"),
    };

    private static void Violin(Plot canvas, CallDistribution distribution, double position)
    {
        var (row, density) = (distribution.Row, distribution.Density);
        var (q1, q3) = (row.Q1!.Value - row.Median!.Value, row.Q3!.Value - row.Median.Value);
        var curve = density.Curve(q3 - q1).Where(point => point.Height > 0.002).ToList();
        if (curve.Count > 2)
        {
            var outline = canvas.Add.Polygon([
                .. curve.Select(point => new Coordinates(point.Value, position + (0.4 * point.Height))),
                .. curve.AsEnumerable().Reverse().Select(point => new Coordinates(point.Value, position - (0.4 * point.Height))),
            ]);
            (outline.FillColor, outline.LineColor, outline.LineWidth) = (Inks.Area.Color, Inks.Text.Color, 1);
        }

        var box = canvas.Add.Line(q1, position, q3, position);
        (box.LineWidth, box.LineColor, box.MarkerSize) = (4, Inks.Text.Color, 0);
        canvas.Add.Marker(0, position, MarkerShape.FilledCircle, 9, Inks.Text.Color);
        if (density.Outside > 0)
            canvas.Write(string.Create(CultureInfo.InvariantCulture, $"{density.Outside} beyond"), distribution.Reach * Room, position, Alignment.LowerRight, offsetX: -4, offsetY: -4);
    }
}
