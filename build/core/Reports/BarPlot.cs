using ScottPlot;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The median system call of each platform with its 95 % interval, and the floors as lines.</summary>
public sealed class BarPlot : IPlot
{
    private static readonly LinePattern[] _patterns = [LinePattern.Dashed, LinePattern.Dotted];

    public string Name => "bars";

    public string Title(Report report) => $"A system call, {PlotRows.UnitName(report)} (median and 95 % interval)";

    public string Describe(Report report) => string.Join("; ", PlotRows.Of(report, Call.Scall)
        .Select(row => $"{PlatformLabel.Of(row)} {Readable.Number(row.Median)} ({Readable.Interval(row.Ci95)})"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var rows = PlotRows.Of(report, Call.Scall);
        var bars = rows.Where(row => !PlotRows.IsFloor(row)).ToList();
        if (bars.Count == 0)
            return canvas.Empty("no system call was measured");

        var top = rows.Max(row => Math.Max(row.Median!.Value, row.Ci95?.High ?? 0));

        for (var index = 0; index < bars.Count; index++)
            Bar(canvas, bars[index], -index);
        foreach (var (floor, index) in rows.Where(PlotRows.IsFloor).Select((row, index) => (row, index)))
            Line(canvas, floor, _patterns[index % _patterns.Length]);

        canvas.NameRows([.. bars.Select(row => PlatformLabel.Of(row))]);
        // Room at the right for the number behind the longest bar; bars start at zero, or their lengths would lie.
        canvas.Axes.SetLimitsX(0, top * 1.18);
        canvas.Axes.Bottom.Label.Text = $"{PlotRows.UnitName(report)} per system call";
        if (rows.Any(PlotRows.IsFloor))
            canvas.ShowLegend(Edge.Bottom);
        return new PlotSize(720, 104 + (46 * bars.Count));
    }

    private static void Bar(Plot canvas, ResultRow row, double position)
    {
        var median = row.Median!.Value;
        var bar = canvas.Add.Bar(new Bar { Position = position, Value = median, Size = 0.62, Orientation = Orientation.Horizontal });
        bar.Bars[0].FillColor = Inks.Area.Color;
        (bar.Bars[0].LineWidth, bar.Bars[0].LineColor) = (1, Inks.Text.Color);

        var end = median;
        if (row.Ci95 is { } ci)
        {
            var error = canvas.Add.ErrorBar([median], [position], [0]);
            (error.XErrorNegative, error.XErrorPositive) = ([median - ci.Low], [ci.High - median]);
            (error.YErrorNegative, error.YErrorPositive) = (null, null);
            (error.LineWidth, error.CapSize, error.Color) = (2, 6, Inks.Text.Color);
            end = ci.High;
        }

        canvas.Write(Readable.Number(median), end, position, Alignment.MiddleLeft, offsetX: 8);
    }

    private static void Line(Plot canvas, ResultRow floor, LinePattern pattern)
    {
        var line = canvas.Add.VerticalLine(floor.Median!.Value, 2, Inks.Floor.Color, pattern);
        line.LegendText = $"{PlatformLabel.Of(floor.Platform)}: {Readable.Number(floor.Median)}";
    }
}
