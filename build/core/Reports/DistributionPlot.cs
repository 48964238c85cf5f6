using MathNet.Numerics.Statistics;
using ScottPlot;
using SyscallBench.Results;
using SyscallBench.Statistics;

namespace SyscallBench.Reports;

/// <summary>
/// How the rounds of each platform spread around their median: a violin per platform, each on a scale of its own. A common one would show the noisiest row and flatten all others,
/// and could not hold two units.
/// </summary>
public static class DistributionPlot
{
    private const int ViolinsWidth = 260;

    public static Picture? Of(Report report) => report.Distributions.Count == 0 ? null : new Picture(
        "Spread of the rounds of a system call with its loop, each platform on a scale of its own: the quartiles, the median, and the density",
        string.Join("; ", report.Distributions.Select(each =>
            $"{PlatformLabel.Of(report.Document, each.Row)}: {Readable.Count(each.Row.Samples, "round")}, quartiles {Readable.Number(each.Row.Q1)} and {Readable.Number(each.Row.Q3)}")),
        canvas => Draw(canvas, report));

    private static PlotSize Draw(Plot canvas, Report report)
    {
        foreach (var (index, distribution) in report.Distributions.Index())
            Violin(canvas, distribution, -index);

        List<string> names = [.. report.Distributions.Select(each => $"{PlatformLabel.Of(report.Document, each.Row)}\n{Readable.Number(each.Row.Median)} {Readable.UnitWord(each.Row.Unit ?? report.Document.Unit)}")];
        return canvas.NameRows(names, (-1.05, 1.05), (0.25 - names.Count, 0.5), ViolinsWidth, 84 * names.Count);
    }

    private static void Violin(Plot canvas, CallDistribution distribution, double position)
    {
        var (row, reach) = (distribution.Row, distribution.Reach);
        var median = row.Median!.Value;
        var curve = distribution.Curve().Where(point => point.Height > 0.002).ToList();
        if (curve.Count > 2)
        {
            var outline = canvas.Add.Polygon([
                .. curve.Select(point => new Coordinates(point.Value / reach, position + (0.3 * point.Height))),
                .. curve.AsEnumerable().Reverse().Select(point => new Coordinates(point.Value / reach, position - (0.3 * point.Height))),
            ]);
            (outline.FillColor, outline.LineColor, outline.LineWidth) = (Palette.Area.Color, Palette.Text.Color, 1);
        }

        canvas.Line((row.Q1!.Value - median) / reach, position, (row.Q3!.Value - median) / reach, position, 4, Palette.Text);
        canvas.Add.Marker(0, position, MarkerShape.FilledCircle, 9, Palette.Text.Color);

        // The scale: what stands at both ends, and how many rounds lie beyond them.
        canvas.Write(Readable.Number(median - reach), -1, position - 0.34, Alignment.UpperLeft);
        canvas.Write(distribution.Outside == 0 ? "" : $"{distribution.Outside} beyond", 0, position - 0.34, Alignment.UpperCenter);
        canvas.Write(Readable.Number(median + reach), 1, position - 0.34, Alignment.UpperRight);
    }
}

/// <summary>How the system calls of one platform spread around their median, in the row's unit per call.</summary>
/// <param name="Reach">How far from the median is drawn: to Tukey's outer fences, so that one interrupted round does not squeeze all others into a line.</param>
/// <param name="Inside">Deviations of the rounds that are drawn.</param>
/// <param name="Outside">Rounds beyond; they shape nothing and have to be told.</param>
public sealed record CallDistribution(ResultRow Row, double Reach, IList<double> Inside, int Outside)
{
    private const int Points = 128;

    /// <summary>Every measured platform whose rounds differ, whatever its unit: where all are equal there is nothing to see.</summary>
    public static IReadOnlyList<CallDistribution> All(Report report) =>
    [
        .. from row in report.Document.Rows
           where row is { Call: Call.Scall, Status: RowStatus.Measured, Median: not null } && row.Q3 > row.Q1
           let samples = report.Samples.FirstOrDefault(samples => samples.Platform == row.Platform && (samples.Setting is null || samples.Setting.Name == row.Setting))?.Samples.ToList()
           where samples is { Count: > 0 }
           select Of(report.Document, row, samples),
    ];

    /// <summary>
    /// Points of the density, scaled so that its peak is one: a Gaussian kernel whose width follows Silverman's rule (B. W. Silverman, "Density Estimation for
    /// Statistics and Data Analysis", 1986, equation 3.31).
    /// </summary>
    public IReadOnlyList<(double Value, double Height)> Curve()
    {
        var step = 2 * Reach / Points;
        var width = Math.Max(0.9 * (Reach / 3) / 1.34 * Math.Pow(Math.Max(1, Inside.Count), -0.2), step);
        var values = Enumerable.Range(0, Points).Select(point => -Reach + ((point + 0.5) * step)).ToList();
        var heights = values.Select(value => KernelDensity.EstimateGaussian(value, width, Inside)).ToList();
        var peak = heights.Max();
        return [.. values.Zip(heights, (value, height) => (value, peak > 0 ? height / peak : 0))];
    }

    private static CallDistribution Of(ResultsDocument document, ResultRow row, List<Sample> samples)
    {
        var clock = document.Rows.FirstOrDefault(other => other.Platform == row.Platform && other.Setting == row.Setting && other.Call == Call.Tsc)?.Median ?? 0;
        var cost = samples[0].PerCall ? 0 : clock;
        var kept = new Region([[.. samples.Select(sample => Reading.Of(Call.Scall, sample))]], row.Unit ?? document.Unit).Kept;
        var deviations = kept.SelectMany(ticks => ticks).Select(ticks => ((ticks - cost) / samples[0].Iterations) - row.Median!.Value).ToList();
        var reach = 3 * (row.Q3 - row.Q1)!.Value;
        List<double> inside = [.. deviations.Where(deviation => Math.Abs(deviation) <= reach)];
        return new CallDistribution(row, reach, inside, deviations.Count - inside.Count);
    }
}
