using ScottPlot;
using SyscallBench.Reports;
using Palette = SyscallBench.Reports.Palette;

namespace SyscallBench.Ladder;

/// <summary>What each mitigation adds, stacked to the difference between all on and all off: one bar for each order.</summary>
public sealed class LadderPlot(MitigationLadder ladder) : IPlot
{
    private const int BarsWidth = 720;
    private const int RowHeight = 120;
    private const double BarSize = 0.8;

    public string Name => "mitigations";

    public bool Suits(Report report) => Bars.SelectMany(bar => Parts(bar.Steps, report)).Any();

    public string Title(Report report) => report.Document.Unit == Unit.Instructions
        ? "Instructions that each mitigation adds to a system call; counts do not price CR3 writes, VERW or IBPB"
        : $"{Readable.UnitName(report.Document.Unit)} that each mitigation adds to a system call";

    public string Describe(Report report) => string.Join("; ", Bars.Select(bar => $"{bar.Name}: {string.Join(", ", Parts(bar.Steps, report).Select(part => $"{part.Name} {Readable.Number(part.Cost)}"))}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var (least, most) = (0.0, 0.0);
        foreach (var (bar, row) in Bars.Select((bar, row) => (bar, row)))
        {
            // What switching off makes dearer stands left of zero.
            var (left, right) = (0.0, 0.0);
            foreach (var (part, index) in Parts(bar.Steps, report).Select((part, index) => (part, index)))
            {
                var start = part.Cost > 0 ? right : left;
                Part(canvas, start, start + part.Cost, -row, index);
                (left, right) = part.Cost > 0 ? (left, right + part.Cost) : (left + part.Cost, right);
            }

            (least, most) = (Math.Min(least, left), Math.Max(most, right));
        }

        foreach (var (bar, row) in Bars.Select((bar, row) => (bar, row)))
            Label(canvas, Parts(bar.Steps, report), -row, (most - least) / BarsWidth);
        List<string> names = [.. Bars.Select(bar => bar.Name)];
        canvas.NameRows(names);
        canvas.Axes.SetLimitsX(least, most * 1.01);
        canvas.Axes.SetLimitsY(0.5 - names.Count, 0.5);
        canvas.Axes.Bottom.IsVisible = false;
        return new PlotSize((int)names.Max(name => PlotCanvas.WidthOf(name)) + BarsWidth + 40, 20 + (RowHeight * names.Count));
    }

    private IReadOnlyList<(string Name, IReadOnlyList<LadderStep> Steps)> Bars => [("first to last", ladder.Down), ("last to first", ladder.Up)];

    private static IReadOnlyList<(string Name, double Cost)> Parts(IReadOnlyList<LadderStep> steps, Report report) =>
        [.. steps.Select(step => (step.Name, Cost: step.Cost(report.Document) ?? 0)).Where(part => part.Cost != 0)];

    private static void Part(Plot canvas, double start, double end, double row, int index)
    {
        var bar = canvas.Add.Bar(new Bar { Position = row, ValueBase = start, Value = end, Size = BarSize, Orientation = Orientation.Horizontal });
        // Neighbours differ in lightness, too.
        bar.Bars[0].FillColor = (index % 2 == 0 ? Palette.Area : Palette.Faint).Color;
        (bar.Bars[0].LineWidth, bar.Bars[0].LineColor) = (1, Palette.Text.Color);
    }

    // A part that is too narrow for its name has its number alone, or nothing: the table has them all.
    private static void Label(Plot canvas, IReadOnlyList<(string Name, double Cost)> parts, double row, double perPixel)
    {
        var (left, right) = (0.0, 0.0);
        foreach (var (name, cost) in parts)
        {
            var middle = (cost > 0 ? right : left) + (cost / 2);
            var room = Math.Abs(cost) / perPixel;
            string[] texts = [$"{name.Replace('_', '\n').Replace(' ', '\n')}\n{Readable.Number(cost)}", Readable.Number(cost)];
            if (texts.FirstOrDefault(text => PlotCanvas.WidthOf(text) + 6 < room) is { } fitting)
                canvas.Write(fitting, middle, row, Alignment.MiddleCenter);
            (left, right) = cost > 0 ? (left, right + cost) : (left + cost, right);
        }
    }
}
