using ScottPlot;
using SyscallBench.Platforms;

namespace SyscallBench.Reports;

/// <summary>What a system call costs from one of the distribution's kernels to the next, with mitigations and without.</summary>
public static class TimelinePlot
{
    private const int ReleaseWidth = 92;
    private const int Height = 320;
    private const int Aside = 18;
    private const int NameAside = 42;

    /// <summary>Above and below the lines, as a part of what they span: for the numbers beside the points.</summary>
    private const double Room = 0.2;

    public static Picture? Of(Report report)
    {
        var rows = (from row in Plots.Rows(report, Call.Scall)
                    let stock = StockPlatform.Find(row.Platform)
                    where stock is not null
                    orderby System.Version.Parse(stock.Release)
                    select (Stock: stock, Row: row)).ToList();
        var releases = rows.Select(row => row.Stock.Release).Distinct().ToList();
        var lines = rows.GroupBy(row => row.Stock.Mitigations, row => new Point(releases.IndexOf(row.Stock.Release), VersionOf(report, row.Stock), Plots.Value(row.Row).Value))
            .OrderBy(line => line.Key).Select(line => new Line(line.Key == Mitigations.On, [.. line])).ToList();

        // Of several CPU models or machines each has a line of its own, and the figure of settings shows them.
        if (lines.All(line => line.Points.Count < 2) || rows.DistinctBy(row => row.Row.Platform).Count() < rows.Count)
            return null;
        return new Picture(
            $"{Readable.UnitName(report.Document.Unit)} per {string.Join(" or ", rows.Select(row => row.Row.Syscall).Distinct())}, net of the loop, in kernels as Debian built them",
            string.Join("; ", lines.Select(line => $"{line.Name}: {string.Join(", ", line.Points.Select(point => $"Linux {point.Version} {Readable.Number(point.Value)}"))}")),
            canvas => Draw(canvas, lines));
    }

    private static PlotSize Draw(Plot canvas, List<Line> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToList();
        var (least, most) = (points.Min(point => point.Value), points.Max(point => point.Value));
        foreach (var line in lines)
            Draw(canvas, line);

        var releases = points.DistinctBy(point => point.Place).OrderBy(point => point.Place).ToList();
        canvas.Axes.Bottom.SetTicks([.. releases.Select(point => (double)point.Place)], [.. releases.Select(point => point.Version)]);
        var room = Math.Max(most - least, 1) * Room;
        // Behind the last point its line's name.
        var behind = lines.Max(line => PlotCanvas.WidthOf(line.Name)) + NameAside;
        canvas.Axes.SetLimits(-0.5, releases.Count - 1 + (behind / ReleaseWidth), least - room, most + room);
        return new PlotSize((int)((releases.Count - 0.5) * ReleaseWidth + behind) + 60, Height);
    }

    // A number stands above the upper line and below the lower, on the side where its own line does not go.
    private static void Draw(Plot canvas, Line line)
    {
        var (points, isUpper) = (line.Points, line.Mitigated);
        var scatter = canvas.Add.Scatter(points.Select(point => new Coordinates(point.Place, point.Value)).ToArray(), (isUpper ? Palette.Text : Palette.Floor).Color);
        (scatter.LineWidth, scatter.MarkerSize) = (2, 8);
        scatter.MarkerShape = isUpper ? MarkerShape.FilledCircle : MarkerShape.FilledSquare;
        foreach (var (index, (place, _, value)) in points.Index())
        {
            var alignment = isUpper ? Alignment.LowerCenter : Alignment.UpperCenter;
            canvas.Write(Readable.Number(value), place, value, alignment, offsetX: Aside * (Crosses(index - 1, value) - Crosses(index + 1, value)), offsetY: isUpper ? -7 : 7);
        }

        canvas.Write(line.Name, points[^1].Place, points[^1].Value, isUpper ? Alignment.LowerLeft : Alignment.UpperLeft, offsetX: NameAside);

        int Crosses(int neighbour, double value) => points.ElementAtOrDefault(neighbour) is { } other && (isUpper ? other.Value > value : other.Value < value) ? 1 : 0;
    }

    /// <summary>As the package says it, <c>6.12.117</c>; the release that was asked for where nobody knows.</summary>
    private static string VersionOf(Report report, StockPlatform stock) =>
        report.Document.Provenance.Pins.TryGetValue(stock.Images[0].Name, out var package) ? package.Split(' ')[^1].Split('-')[0] : stock.Release;

    private sealed record Point(int Place, string Version, double Value);

    private sealed record Line(bool Mitigated, List<Point> Points)
    {
        public string Name => Mitigated ? "mitigations on" : "mitigations off";
    }
}
