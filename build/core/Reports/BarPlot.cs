using ScottPlot;
using ScottPlot.Plottables;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The system call of each platform with its 95 % interval, net of the loop, and the floors as lines.</summary>
public static class BarPlot
{
    /// <summary>A bar that is so many times longer than the next is cut, and says so: it would flatten all others.</summary>
    private const double Flattening = 5;

    private const int LeastWidth = 250;

    /// <summary>A sample of a floor's line, as a part of the width.</summary>
    private const double Sample = 0.12;

    private const int SampleGap = 6;
    private const int RowHeight = 40;
    private const double LegendRow = 0.7;

    internal const int NumberRoom = 36;

    private static readonly LinePattern[] _patterns = [LinePattern.Dashed, LinePattern.Dotted];

    public static Picture? Of(Report report)
    {
        var rows = Plots.Rows(report, Call.Scall);
        var bars = rows.Where(row => !IsFloor(row)).Select(row => (Name: Name(row), Value: Plots.Value(row))).ToList();
        if (bars.Count == 0 || Dimensions.Varying(report.Document).Count > 0)
            return null;

        // Floors that cost the same are one line.
        var floors = rows.Where(IsFloor).GroupBy(row => Readable.Number(Plots.Value(row).Value))
            .Select(floor => (Plots.Value(floor.First()).Value, Label: $"{Joined([.. floor.Select(Name)])}: {floor.Key}")).ToList();
        return new Picture(
            $"{Readable.UnitName(report.Document.Unit)} per system call, net of the loop {Plots.Spread(rows)}",
            string.Join("; ", rows.Select(row => $"{Name(row)} {Readable.Number(Plots.Value(row).Value)} ({Readable.Interval(Plots.Value(row).Ci95)})")),
            canvas => Draw(canvas, bars, floors, End(rows.Select(Plots.Value))));

        bool IsFloor(ResultRow row) => PlatformLabel.Is(report.Document, row.Platform, PlatformRole.Floor);

        string Name(ResultRow row) => PlatformLabel.Of(report.Document, row.Platform);
    }

    /// <summary>Where the axis ends: at the longest bar, unless that would flatten all others.</summary>
    internal static double End(IEnumerable<ComparedValue> values)
    {
        var sorted = values.Select(value => Math.Max(value.Value, value.Ci95?.High ?? 0)).OrderDescending().ToList();
        return sorted.Count > 2 && sorted[1] > 0 && sorted[0] > Flattening * sorted[1] ? sorted[1] * 1.6 : Math.Max(sorted[0], double.Epsilon);
    }

    /// <summary>The end of the axis with space for the number behind the longest bar.</summary>
    internal static double Right(double end, int width, IEnumerable<ComparedValue> bars) =>
        end * width / (width - (bars.Max(bar => PlotCanvas.WidthOf($"» {Readable.Number(bar.Value)}")) + NumberRoom));

    /// <summary>A bar from zero with its interval, and its number behind it.</summary>
    internal static void Bar(Plot canvas, ComparedValue value, double position, double end)
    {
        var isCut = value.Value > end;
        canvas.Bar(0, Math.Min(value.Value, end), position, 0.62, Palette.Area);
        var right = Math.Min(value.Value, end);
        if (value.Ci95 is { } ci && !value.IsExact && !isCut)
        {
            right = Math.Min(ci.High, end);
            var error = canvas.Add.ErrorBar([value.Value], [position], [0]);
            (error.XErrorNegative, error.XErrorPositive) = ([value.Value - ci.Low], [right - value.Value]);
            (error.YErrorNegative, error.YErrorPositive) = (null, null);
            (error.LineWidth, error.CapSize, error.Color) = (2, 6, Palette.Text.Color);
        }

        canvas.Write($"{(isCut ? "» " : "")}{Readable.Number(value.Value)}", Math.Max(right, 0), position, Alignment.MiddleLeft, offsetX: isCut ? 6 : 8);
    }

    // Bars start at zero, or their lengths would lie.
    private static PlotSize Draw(Plot canvas, List<(string Name, ComparedValue Value)> bars, List<(double Value, string Label)> floors, double end)
    {
        var legend = floors.Select(floor => PlotCanvas.WidthOf(floor.Label)).DefaultIfEmpty().Max();
        var width = (int)Math.Max(LeastWidth, ((legend + (2 * SampleGap)) / (1 - Sample)) + NumberRoom);
        var right = Right(end, width, bars.Select(bar => bar.Value));
        foreach (var (index, bar) in bars.Index())
            Bar(canvas, bar.Value, -index, end);

        // A floor's line, and below the bars a sample of it with its label.
        foreach (var (index, (value, label)) in floors.Index())
        {
            var position = -bars.Count + 0.2 - (LegendRow * index);
            foreach (var line in (LinePlot[])[canvas.Line(value, 0.5, value, 0.5 - bars.Count, 2, Palette.Floor), canvas.Line(0, position, right * Sample, position, 2, Palette.Floor)])
                line.LinePattern = _patterns[index % _patterns.Length];
            canvas.Write(label, right * Sample, position, Alignment.MiddleLeft, offsetX: SampleGap);
        }

        var legendRows = LegendRow * floors.Count;
        return canvas.NameRows([.. bars.Select(bar => bar.Name)], (0, right), (0.55 - bars.Count - legendRows, 0.6), width, RowHeight * (bars.Count + legendRows));
    }

    // "Floor, ring 0 and ring 3"
    private static string Joined(IReadOnlyList<string> names)
    {
        var common = names[0][..(names[0].IndexOf(", ", StringComparison.Ordinal) + 1)];
        return string.Join(" and ", names.Select((name, index) => index > 0 && common.Length > 0 && name.StartsWith(common, StringComparison.Ordinal) ? name[(common.Length + 1)..] : name));
    }
}

/// <summary>System calls in several settings: a panel for each platform, and for each value of a second dimension, all on one axis, so that lengths can be compared.</summary>
public static class SettingsPlot
{
    private const int BarsWidth = 300;
    private const int RowHeight = 30;

    // More of them are no figure any more: the table has all.
    private const int MostBars = 120;

    public static Picture? Of(Report report)
    {
        var document = report.Document;
        var rows = Plots.Rows(report, Call.Scall);
        var varying = Dimensions.Varying(document);
        if (varying.Count is not (1 or 2) || rows.Count is 0 or > MostBars || MachinesPlot.IsFor(report))
            return null;

        var dimensions = varying.OrderByDescending(each => rows.Select(row => each.Value(document, row)).Distinct().Count()).ToList();
        var panels = rows.GroupBy(row => (row.Platform, Title: SafeText.Escape(PlatformLabel.Of(document, row, dimensions[1..]))))
            .Select(panel => new Panel(panel.Key.Title, [.. panel.Select(row => (SafeText.Escape(dimensions[0].Value(document, row) ?? "all"), Plots.Value(row)))])).ToList();
        return new Picture(
            $"{Readable.UnitName(document.Unit)} per system call by {string.Join(" and ", varying.Select(each => each.Title))}, net of the loop {Plots.Spread(rows)}",
            string.Join("; ", panels.Select(panel => $"{panel.Title}: {string.Join(", ", panel.Bars.Select(bar => $"{bar.Name} {Readable.Number(bar.Value.Value)}"))}")),
            canvas => Draw(canvas, panels));
    }

    private static PlotSize Draw(Plot canvas, List<Panel> panels)
    {
        var values = panels.SelectMany(panel => panel.Bars).Select(bar => bar.Value).ToList();
        var end = BarPlot.End(values);
        // A panel is a row for its title, then one for each bar.
        var names = new List<string>();
        foreach (var panel in panels)
        {
            canvas.Write(panel.Title, 0, -names.Count, Alignment.MiddleLeft, bold: true);
            names.Add("");
            foreach (var (name, value) in panel.Bars)
            {
                BarPlot.Bar(canvas, value, -names.Count, end);
                names.Add(name);
            }
        }

        var width = Math.Max(BarsWidth, panels.Max(panel => PlotCanvas.WidthOf(panel.Title, bold: true)) + BarPlot.NumberRoom);
        return canvas.NameRows(names, (0, BarPlot.Right(end, BarsWidth, values)), (0.6 - names.Count, 0.6), width, RowHeight * names.Count);
    }

    private sealed record Panel(string Title, IReadOnlyList<(string Name, ComparedValue Value)> Bars);
}
