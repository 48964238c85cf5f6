using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>
/// Quantiles of type 7 (Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996), the default of numpy and R, in the arithmetic of
/// <c>numpy.quantile</c>: both give the same bits for the same data. MathNet.Numerics rounds differently.
/// </summary>
public static class Quantile
{
    /// <param name="sorted">At least one reading, rising.</param>
    public static double Type7(ReadOnlySpan<double> sorted, double probability)
    {
        var rank = (sorted.Length - 1) * probability;
        var lower = (int)Math.Floor(rank);
        return lower >= sorted.Length - 1 ? sorted[^1] : Between(sorted[lower], sorted[lower + 1], rank - lower);
    }

    public static double Median(IEnumerable<double> readings) => Type7(readings.Order().ToArray(), 0.5);

    // From the nearer end, so that a fraction of 1 would give the upper value exactly.
    internal static double Between(double low, double high, double fraction)
    {
        var difference = high - low;
        return fraction >= 0.5 ? high - (difference * (1 - fraction)) : low + (difference * fraction);
    }
}

/// <summary>What a batch of readings looks like, every boot pooled. Outliers are counted, and part of every figure.</summary>
public sealed record Summary(int Count, double Mean, double Median, double Q1, double Q3, double Min, double Max, int OutliersLow, int OutliersHigh)
{
    /// <summary>Tukey's constant for the inner fences (Exploratory Data Analysis, 1977): 1.5 interquartile ranges beyond the quartiles.</summary>
    private const double FenceFactor = 1.5;

    /// <param name="readings">At least one.</param>
    public static Summary Of(IEnumerable<double> readings)
    {
        var sorted = readings.Order().ToArray();
        var (q1, q3) = (Quantile.Type7(sorted, 0.25), Quantile.Type7(sorted, 0.75));
        var reach = FenceFactor * (q3 - q1);
        var (low, high) = (sorted.Count(reading => reading < q1 - reach), sorted.Count(reading => reading > q3 + reach));
        return new Summary(sorted.Length, sorted.Mean(), Quantile.Type7(sorted, 0.5), q1, q3, sorted[0], sorted[^1], low, high);
    }
}
