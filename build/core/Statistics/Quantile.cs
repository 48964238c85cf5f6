namespace SyscallBench.Statistics;

/// <summary>
/// Quantiles of type 7 (Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996), the default of numpy and R.
/// </summary>
/// <remarks>
/// MathNet.Numerics has type 7 too, but rounds differently: it takes the fraction from a rank counted from 1, and always interpolates upwards. Ours
/// does the arithmetic of <c>numpy.quantile</c>, so that both give the same bits for the same data.
/// </remarks>
public static class Quantile
{
    /// <param name="sorted">At least one reading, rising.</param>
    /// <param name="probability">From 0 to 1.</param>
    public static double Type7(ReadOnlySpan<double> sorted, double probability)
    {
        var rank = (sorted.Length - 1) * probability;
        var lower = (int)Math.Floor(rank);
        return lower >= sorted.Length - 1 ? sorted[^1] : Between(sorted[lower], sorted[lower + 1], rank - lower);
    }

    /// <summary>The median of readings in any order.</summary>
    public static double Median(IEnumerable<double> readings)
    {
        var sorted = readings.ToArray();
        Array.Sort(sorted);
        return Type7(sorted, 0.5);
    }

    // From the nearer end, so that a fraction of 1 would give the upper value exactly.
    internal static double Between(double low, double high, double fraction)
    {
        var difference = high - low;
        return fraction >= 0.5 ? high - (difference * (1 - fraction)) : low + (difference * fraction);
    }
}
