using ScottPlot;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Plots;

/// <summary>
/// How far samples lie from their platform's median: a violin per platform where they spread, a point per boot where every
/// sample is the same. The medians themselves are too far apart to see a spread on a common axis.
/// </summary>
public sealed class DistributionPlot : IPlot
{
    private const int MostPoints = 60;

    public string Name => "distribution";

    public string Title(Report report) => $"Spread of the samples around each platform's median, {PlotRows.UnitName(report)}";

    public string Describe(Report report) => string.Join("; ", PlotRows.Of(report, Call.Scall)
        .Select(row => $"{PlatformLabel.Of(row)}: {row.Samples} samples, quartiles {Readable.Number(row.Q1)} and {Readable.Number(row.Q3)}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var rows = PlotRows.Of(report, Call.Scall);
        if (rows.Count == 0)
            return canvas.Empty("no system call was measured");

        var reach = rows.Max(Reach);
        if (reach == 0)
            reach = 1;

        canvas.Add.VerticalLine(0, 1, Inks.Faint.Color);
        for (var index = 0; index < rows.Count; index++)
        {
            if (Spread(rows[index]) == 0)
                Points(canvas, report, rows[index], -index);
            else
                Violin(canvas, report, rows[index], -index, reach);
        }

        canvas.NameRows([.. rows.Select(row => $"{PlatformLabel.Of(row)}: {Readable.Number(row.Median)}")]);
        canvas.Axes.SetLimitsX(-reach * 1.35, reach * 1.35);
        canvas.Axes.Bottom.Label.Text = $"{PlotRows.UnitName(report)} from the platform's median";
        return new PlotSize(720, 70 + (62 * rows.Count));
    }

    private static double Spread(ResultRow row) => (row.Q3 - row.Q1) ?? 0;

    /// <summary>As far as Tukey's outer fences, so that one interrupted round does not squeeze all others into a line.</summary>
    private static double Reach(ResultRow row) => 3 * Spread(row);

    private static void Points(Plot canvas, Report report, ResultRow row, double position)
    {
        var boots = new PerCall(report, row.Platform).Costs
            .GroupBy(sample => sample.Boot, sample => sample.Cost - row.Median!.Value)
            .Select(boot => boot.Order().ElementAt(boot.Count() / 2))
            .Take(MostPoints)
            .ToList();
        for (var boot = 0; boot < boots.Count; boot++)
        {
            // Boots stand side by side from top to bottom, or equal ones would hide each other.
            var offset = boots.Count == 1 ? 0 : 0.3 - (0.6 * boot / (boots.Count - 1));
            canvas.Add.Marker(boots[boot], position + offset, MarkerShape.FilledCircle, 7, Inks.Text.Color);
        }

        canvas.Write(boots.Count == 0 ? "no samples at hand" : $"{boots.Count} boots, one point each", 0, position, Alignment.MiddleLeft, offsetX: 14);
    }

    private static void Violin(Plot canvas, Report report, ResultRow row, double position, double reach)
    {
        var density = new Density(-reach, reach);
        foreach (var (_, cost) in new PerCall(report, row.Platform).Costs)
            density.Add(cost - row.Median!.Value);

        var curve = density.Curve(Spread(row)).Where(point => point.Height > 0.002).ToList();
        if (curve.Count > 2)
        {
            var outline = canvas.Add.Polygon([
                .. curve.Select(point => new Coordinates(point.Value, position + (0.4 * point.Height))),
                .. curve.AsEnumerable().Reverse().Select(point => new Coordinates(point.Value, position - (0.4 * point.Height))),
            ]);
            (outline.FillColor, outline.LineColor, outline.LineWidth) = (Inks.Area.Color, Inks.Text.Color, 1);
        }

        var box = canvas.Add.Line(row.Q1!.Value - row.Median!.Value, position, row.Q3!.Value - row.Median.Value, position);
        (box.LineWidth, box.LineColor, box.MarkerSize) = (4, Inks.Text.Color, 0);
        canvas.Add.Marker(0, position, MarkerShape.FilledCircle, 9, Inks.Text.Color);
        if (density.Outside > 0)
            canvas.Write($"{density.Outside} beyond", reach * 1.35, position, Alignment.LowerRight, offsetX: -4, offsetY: -4);
    }
}
