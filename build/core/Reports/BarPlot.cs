using ScottPlot;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The system call of each platform with its 95 % interval, net of the loop, and the floors as lines.</summary>
public sealed class BarPlot : IPlot
{
    /// <summary>A bar that is so many times longer than the next is cut, and says so: it would flatten all others.</summary>
    private const double Flattening = 5;

    private const int LeastWidth = 250;

    /// <summary>A sample of a floor's line, as a part of the width.</summary>
    private const double Sample = 0.12;

    private const int SampleGap = 6;

    private const int NumberRoom = 36;

    private const int RowHeight = 40;

    private const double LegendRow = 0.7;

    private static readonly LinePattern[] _patterns = [LinePattern.Dashed, LinePattern.Dotted];

    public string Name => "bars";

    public bool Suits(Report report) => Plots.Rows(report, Call.Scall).Any(row => !PlatformLabel.Is(report.Document, row.Platform, PlatformRole.Floor)) && Dimensions.Varying(report.Document).Count == 0;

    public string Title(Report report) => Plots.Rows(report, Call.Scall).All(row => Plots.Value(row).IsExact)
        ? $"{Readable.UnitName(report.Document.Unit)} per system call, net of the loop (exact counts)"
        : $"{Readable.UnitName(report.Document.Unit)} per system call, net of the loop (median and 95 % interval)";

    public string Describe(Report report) => string.Join("; ", Plots.Rows(report, Call.Scall)
        .Select(row => $"{PlatformLabel.Of(report.Document, row.Platform)} {Readable.Number(Plots.Value(row).Value)} ({Readable.Interval(Plots.Value(row).Ci95)})"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var rows = Plots.Rows(report, Call.Scall);
        var bars = rows.Where(row => !PlatformLabel.Is(report.Document, row.Platform, PlatformRole.Floor)).ToList();
        var end = End([.. rows.Select(row => Math.Max(Plots.Value(row).Value, Plots.Value(row).Ci95?.High ?? 0))]);

        for (var index = 0; index < bars.Count; index++)
            Bar(canvas, Plots.Value(bars[index]), -index, end);

        var names = bars.Select(row => PlatformLabel.Of(report.Document, row.Platform)).ToList();
        canvas.NameRows(names);
        // Space at the right for the number behind the longest bar; bars start at zero, or their lengths would lie.
        var text = bars.Max(row => PlotCanvas.WidthOf($"» {Readable.Number(Plots.Value(row).Value)}")) + NumberRoom;
        // Floors that cost the same are one line.
        var floors = rows.Where(row => PlatformLabel.Is(report.Document, row.Platform, PlatformRole.Floor)).GroupBy(row => Readable.Number(Plots.Value(row).Value))
            .Select(floor => (Plots.Value(floor.First()).Value, Label: $"{NameOf([.. floor.Select(row => PlatformLabel.Of(report.Document, row.Platform))])}: {floor.Key}")).ToList();
        var width = (int)Math.Max(LeastWidth, ((floors.Select(floor => PlotCanvas.WidthOf(floor.Label)).DefaultIfEmpty().Max() + (2 * SampleGap)) / (1 - Sample)) + NumberRoom);
        var right = end * width / (width - text);
        canvas.Axes.SetLimitsX(0, right);
        canvas.Axes.Bottom.IsVisible = false;

        for (var index = 0; index < floors.Count; index++)
            Line(canvas, floors[index].Value, floors[index].Label, _patterns[index % _patterns.Length], right, bars.Count, -bars.Count + 0.2 - (LegendRow * index));
        canvas.Axes.SetLimitsY(0.55 - bars.Count - (LegendRow * floors.Count), 0.6);
        return new PlotSize((int)names.Max(name => PlotCanvas.WidthOf(name)) + width, 20 + (int)(RowHeight * (bars.Count + (LegendRow * floors.Count))));
    }

    // "Floor, ring 0 and ring 3"
    private static string NameOf(IReadOnlyList<string> names)
    {
        var common = names[0][..(names[0].IndexOf(", ", StringComparison.Ordinal) + 1)];
        return string.Join(" and ", names.Select((name, index) => index > 0 && common.Length > 0 && name.StartsWith(common, StringComparison.Ordinal) ? name[(common.Length + 1)..] : name));
    }

    /// <summary>A floor: its line, and below the bars a sample of it with its label.</summary>
    private static void Line(Plot canvas, double value, string label, LinePattern pattern, double right, int bars, double position)
    {
        foreach (var line in (ScottPlot.Plottables.LinePlot[])[canvas.Add.Line(value, 0.5, value, 0.5 - bars), canvas.Add.Line(0, position, right * Sample, position)])
            (line.LineWidth, line.LineColor, line.LinePattern, line.MarkerSize) = (2, Palette.Floor.Color, pattern, 0);
        canvas.Write(label, right * Sample, position, Alignment.MiddleLeft, offsetX: SampleGap);
    }

    /// <summary>Where the axis ends: at the longest bar, unless that would flatten all others.</summary>
    internal static double End(IReadOnlyList<double> values)
    {
        var sorted = values.OrderDescending().ToList();
        return sorted.Count > 2 && sorted[1] > 0 && sorted[0] > Flattening * sorted[1] ? sorted[1] * 1.6 : Math.Max(sorted[0], double.Epsilon);
    }

    /// <summary>A bar from zero with its interval, and its number behind it.</summary>
    internal static void Bar(Plot canvas, ComparedValue value, double position, double end)
    {
        var isCut = value.Value > end;
        var bar = canvas.Add.Bar(new Bar { Position = position, Value = isCut ? end : value.Value, Size = 0.62, Orientation = Orientation.Horizontal });
        bar.Bars[0].FillColor = Palette.Area.Color;
        (bar.Bars[0].LineWidth, bar.Bars[0].LineColor) = (1, Palette.Text.Color);

        if (isCut)
        {
            canvas.Write($"» {Readable.Number(value.Value)}", end, position, Alignment.MiddleLeft, offsetX: 6);
            return;
        }

        var right = value.Value;
        if (value.Ci95 is { } ci && !value.IsExact)
        {
            right = Math.Min(ci.High, end);
            var error = canvas.Add.ErrorBar([value.Value], [position], [0]);
            (error.XErrorNegative, error.XErrorPositive) = ([value.Value - ci.Low], [right - value.Value]);
            (error.YErrorNegative, error.YErrorPositive) = (null, null);
            (error.LineWidth, error.CapSize, error.Color) = (2, 6, Palette.Text.Color);
        }

        canvas.Write(Readable.Number(value.Value), Math.Max(right, 0), position, Alignment.MiddleLeft, offsetX: 8);
    }
}
