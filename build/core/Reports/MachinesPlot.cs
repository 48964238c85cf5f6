using ScottPlot;

namespace SyscallBench.Reports;

/// <summary>System calls on many machines: a row for each machine, the cheapest on top, and a mark for each platform, all on one axis. Of a few machines the figure of settings says more.</summary>
public sealed class MachinesPlot : IPlot
{
    private const int Few = 6;
    private const int RowHeight = 22;
    private const int AxisWidth = 420;
    private const int AxisHeight = 60;
    private const float MarkSize = 9;

    // Told apart by shape and by whether they are filled, colours only help.
    private static readonly (MarkerShape Shape, PlotColor Color)[] _marks =
    [
        (MarkerShape.FilledCircle, Palette.Text), (MarkerShape.OpenCircle, Palette.Text), (MarkerShape.FilledSquare, Palette.Floor), (MarkerShape.OpenSquare, Palette.Floor),
        (MarkerShape.FilledTriangleUp, Palette.Text), (MarkerShape.OpenTriangleUp, Palette.Text), (MarkerShape.FilledDiamond, Palette.Floor), (MarkerShape.OpenDiamond, Palette.Floor),
    ];

    public string Name => "machines";

    public bool Suits(Report report) => IsFor(report);

    internal static bool IsFor(Report report) => report.Document.Machines.Count > Few && Machines(report).Count > Few;

    public string Title(Report report) => $"{Readable.UnitName(report.Document.Unit)} per system call on each machine, net of the loop";

    public string Describe(Report report) => string.Join("; ", Machines(report).Select(machine =>
        $"{machine.Name}: {string.Join(", ", machine.Costs.Select(cost => $"{cost.Platform} {Readable.Number(cost.Value)}"))}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var machines = Machines(report);
        var platforms = Platforms(machines);
        var end = machines.SelectMany(machine => machine.Costs).Max(cost => cost.Value) * 1.03;
        // First the legend, a row for each platform, and one left free.
        var top = platforms.Count + 1;
        List<string> names = [.. Enumerable.Repeat(string.Empty, top), .. machines.Select(machine => machine.Name)];
        canvas.NameRows(names);
        canvas.Axes.SetLimitsX(0, end);
        for (var row = top; row < names.Count; row++)
        {
            var guide = canvas.Add.Line(0, -row, end, -row);
            (guide.LineWidth, guide.LineColor, guide.MarkerSize) = (1, Palette.Faint.Color, 0);
        }

        foreach (var (platform, index) in platforms.Select((platform, index) => (platform, index)))
        {
            var (shape, color) = _marks[index % _marks.Length];
            var costs = machines.Select((machine, row) => (Row: top + row, Values: machine.Costs.Where(cost => cost.Platform == platform).Select(cost => cost.Value)))
                .SelectMany(each => each.Values.Select(value => (each.Row, Value: value))).ToList();
            canvas.Add.Markers(costs.Select(cost => cost.Value).ToArray(), costs.Select(cost => (double)-cost.Row).ToArray(), shape, MarkSize, color.Color);
            canvas.Add.Markers(new double[] { end * 0.02 }, new double[] { -index }, shape, MarkSize, color.Color);
            canvas.Write(platform, end * 0.02, -index, Alignment.MiddleLeft, offsetX: 10);
        }

        return new PlotSize((int)names.Max(name => PlotCanvas.WidthOf(name)) + AxisWidth, AxisHeight + (RowHeight * names.Count));
    }

    private static IReadOnlyList<string> Platforms(IReadOnlyList<Machine> machines) => [.. machines.SelectMany(machine => machine.Costs).Select(cost => cost.Platform).Distinct()];

    private static IReadOnlyList<Machine> Machines(Report report)
    {
        var document = report.Document;
        var others = HtmlMachines.Others(document, Plots.Rows(report, Call.Scall));
        return
        [
            .. Plots.Rows(report, Call.Scall)
                .GroupBy(row => document.SettingOf(row)?.Machine)
                .Join(document.Machines, rows => rows.Key, machine => machine.Name, (rows, machine) => new Machine(
                    HtmlMachines.Label(machine),
                    [.. rows.Select(row => (HtmlMachines.PlatformOf(document, row, others), Plots.Value(row).Value))]))
                .OrderBy(machine => machine.Costs.Max(cost => cost.Value)),
        ];
    }

    private sealed record Machine(string Name, IReadOnlyList<(string Platform, double Value)> Costs);
}
