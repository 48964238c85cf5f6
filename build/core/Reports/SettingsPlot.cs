using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// System calls in several settings, net of the loop: a panel for each platform, and for each value of a second dimension, all on one axis, so that lengths can be compared.
/// </summary>
public sealed class SettingsPlot : IPlot
{
    private const int BarsWidth = 300;
    private const int NumberRoom = 36;
    private const int RowHeight = 30;

    // More of them are no figure any more: the table has all.
    private const int MostBars = 120;

    public string Name => "settings";

    public bool Suits(Report report) => Dimensions.Varying(report.Document).Count is 1 or 2 && Plots.Rows(report, Call.Scall).Count is > 0 and <= MostBars && !MachinesPlot.IsFor(report);

    public string Title(Report report)
    {
        var spread = Plots.Rows(report, Call.Scall).All(row => Plots.Value(row).IsExact) ? "exact counts" : "median and 95 % interval";
        return $"{Readable.UnitName(report.Document.Unit)} per system call by {string.Join(" and ", Dimensions.Varying(report.Document).Select(each => each.Title))}, net of the loop ({spread})";
    }

    public string Describe(Report report) => string.Join("; ", Panels(report).Select(panel =>
        $"{panel.Title}: {string.Join(", ", panel.Bars.Select(bar => $"{bar.Name} {Readable.Number(bar.Value.Value)}"))}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var panels = Panels(report);
        var bars = panels.SelectMany(panel => panel.Bars).ToList();
        var end = BarPlot.End([.. bars.Select(bar => Math.Max(bar.Value.Value, bar.Value.Ci95?.High ?? 0))]);
        // A panel is a row for its title, then one for each bar.
        List<string> names = [.. panels.SelectMany(panel => panel.Bars.Select(bar => bar.Name).Prepend(string.Empty))];
        canvas.NameRows(names);
        var row = 0;
        foreach (var panel in panels)
        {
            canvas.Write(panel.Title, 0, -row++, Alignment.MiddleLeft, bold: true);
            foreach (var bar in panel.Bars)
                BarPlot.Bar(canvas, bar.Value, -row++, end);
        }

        var text = bars.Max(bar => PlotCanvas.WidthOf($"» {Readable.Number(bar.Value.Value)}")) + NumberRoom;
        canvas.Axes.SetLimitsX(0, end * BarsWidth / (BarsWidth - text));
        canvas.Axes.Bottom.IsVisible = false;
        return new PlotSize((int)names.Max(name => PlotCanvas.WidthOf(name)) + (int)Math.Max(BarsWidth, panels.Max(panel => PlotCanvas.WidthOf(panel.Title, bold: true)) + NumberRoom), 20 + (RowHeight * names.Count));
    }

    private static IReadOnlyList<Panel> Panels(Report report)
    {
        var document = report.Document;
        var rows = Plots.Rows(report, Call.Scall);
        var dimensions = Dimensions.Varying(document).OrderByDescending(each => rows.Select(row => each.Value(document, row)).Distinct().Count()).ToList();
        var (along, across) = (dimensions[0], dimensions.Skip(1).ToList());
        return
        [
            .. rows.GroupBy(row => (row.Platform, Place: Dimensions.Label(document, row, across)))
                .Select(panel => new Panel(
                    SafeText.Escape(panel.Key.Place.Length > 0 ? $"{PlatformLabel.Of(document, panel.Key.Platform)}, {panel.Key.Place}" : PlatformLabel.Of(document, panel.Key.Platform)),
                    [.. panel.Select(row => (SafeText.Escape(along.Value(document, row) ?? "all"), Plots.Value(row)))])),
        ];
    }

    private sealed record Panel(string Title, IReadOnlyList<(string Name, ComparedValue Value)> Bars);
}
