using ScottPlot;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What a system call costs from one of the distribution's kernels to the next, with mitigations and without.</summary>
public sealed class TimelinePlot : IPlot
{
    private const int ReleaseWidth = 92;
    private const int Height = 320;
    private const int Aside = 18;
    private const int NameAside = 42;

    /// <summary>Above and below the lines, as a part of what they span: for the numbers beside the points.</summary>
    private const double Room = 0.2;

    public string Name => "timeline";

    // Of several CPU models or machines each has a line of its own, and the figure of settings shows them.
    public bool Suits(Report report) => Lines(report).Any(line => line.Points.Count > 1) && Rows(report).GroupBy(row => row.Row.Platform).All(rows => rows.Count() == 1);

    public string Title(Report report) =>
        $"{Readable.UnitName(report.Document.Unit)} per {string.Join(" or ", Rows(report).Select(row => row.Row.Syscall).Distinct())}, net of the loop, in kernels as Debian built them";

    public string Describe(Report report) => string.Join("; ", Lines(report).Select(line =>
        $"{line.Name}: {string.Join(", ", line.Points.Select(point => $"Linux {VersionOf(report, point.Stock)} {Readable.Number(Plots.Value(point.Row).Value)}"))}"));

    public PlotSize Draw(Plot canvas, Report report)
    {
        var releases = Rows(report).DistinctBy(row => row.Stock.Release).OrderBy(row => System.Version.Parse(row.Stock.Release)).ToList();
        var places = releases.Select((row, index) => (row.Stock.Release, index)).ToDictionary(each => each.Release, each => (double)each.index);
        var values = Rows(report).Select(row => Plots.Value(row.Row).Value).ToList();
        var room = Math.Max(values.Max() - values.Min(), 1) * Room;
        foreach (var line in Lines(report))
        {
            var isUpper = line.Mitigations == Mitigations.On;
            var color = (isUpper ? Palette.Text : Palette.Floor).Color;
            var scatter = canvas.Add.Scatter(
                line.Points.Select(point => places[point.Stock.Release]).ToArray(), line.Points.Select(point => Plots.Value(point.Row).Value).ToArray(), color);
            (scatter.LineWidth, scatter.MarkerSize) = (2, 8);
            scatter.MarkerShape = isUpper ? MarkerShape.FilledCircle : MarkerShape.FilledSquare;
            foreach (var (point, index) in line.Points.Select((point, index) => (point, index)))
            {
                var value = ValueOf(index);
                canvas.Write(
                    Readable.Number(value),
                    places[point.Stock.Release],
                    value,
                    isUpper ? Alignment.LowerCenter : Alignment.UpperCenter,
                    offsetX: Aside * (Crosses(index - 1, value) - Crosses(index + 1, value)),
                    offsetY: isUpper ? -7 : 7);
            }

            // A number stands above the upper line and below the lower, on the side where its own line does not go.
            int Crosses(int neighbour, double value) => neighbour >= 0 && neighbour < line.Points.Count && (isUpper ? ValueOf(neighbour) > value : ValueOf(neighbour) < value) ? 1 : 0;

            double ValueOf(int index) => Plots.Value(line.Points[index].Row).Value;

            var last = line.Points[^1];
            canvas.Write(line.Name, places[last.Stock.Release], Plots.Value(last.Row).Value, isUpper ? Alignment.LowerLeft : Alignment.UpperLeft, offsetX: NameAside);
        }

        var names = releases.Select(row => VersionOf(report, row.Stock)).ToArray();
        canvas.Axes.Bottom.SetTicks([.. places.Values], names);
        canvas.Axes.SetLimitsY(values.Min() - room, values.Max() + room);
        // Behind the last point its line's name.
        var behind = Lines(report).Max(line => PlotCanvas.WidthOf(line.Name)) + NameAside;
        canvas.Axes.SetLimitsX(-0.5, releases.Count - 1 + (behind / ReleaseWidth));
        return new PlotSize((int)((releases.Count - 0.5) * ReleaseWidth + behind) + 60, Height);
    }

    private static IReadOnlyList<Line> Lines(Report report) =>
    [
        .. Rows(report).GroupBy(row => row.Stock.Mitigations).OrderBy(line => line.Key)
            .Select(line => new Line(line.Key, [.. line.DistinctBy(row => row.Stock.Release).OrderBy(row => System.Version.Parse(row.Stock.Release))])),
    ];

    private static IEnumerable<(StockPlatform Stock, ResultRow Row)> Rows(Report report) =>
        from row in Plots.Rows(report, Call.Scall)
        let stock = StockPlatform.Find(row.Platform)
        where stock is not null
        select (stock, row);

    /// <summary>As the package says it, <c>6.12.117</c>; the release that was asked for where nobody knows.</summary>
    private static string VersionOf(Report report, StockPlatform stock) =>
        report.Document.Provenance.Pins.TryGetValue(stock.Images[0].Name, out var package) ? package.Split(' ')[^1].Split('-')[0] : stock.Release;

    private sealed record Line(Mitigations Mitigations, IReadOnlyList<(StockPlatform Stock, ResultRow Row)> Points)
    {
        public string Name => Mitigations == Mitigations.On ? "mitigations on" : "mitigations off";
    }
}
