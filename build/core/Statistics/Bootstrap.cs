using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>
/// Hierarchical bootstrap of the median (Kalibera and Jones, "Rigorous Benchmarking in Reasonable Time", ISMM 2013; Davison and Hinkley, "Bootstrap
/// Methods and their Application", 1997, section 3.8): boots are drawn with replacement, and within each drawn boot as many rounds as it has.
/// MathNet.Numerics has no bootstrap.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resamples behind every interval: the ends of a 95 % interval then rest on 50 resamples each.</summary>
    public const int Resamples = 2000;

    private const double Coverage = 0.95;

    /// <summary>The median of all readings, with its interval; the same data, seed and name give the same.</summary>
    /// <param name="boots">The readings of each boot, at least one in all.</param>
    /// <param name="name">What is resampled: each part gets random numbers of its own, whatever other parts there are.</param>
    public static Estimate Median(IReadOnlyList<double[]> boots, ulong seed, string name)
    {
        var resampled = Medians(boots, SeedOf(seed, name));
        return new Estimate(Quantile.Median(boots.SelectMany(boot => boot)), resampled is null ? null : Percentile(resampled), resampled);
    }

    /// <summary>The 95 % interval by the percentile method: the middle 95 % of the resampled statistics.</summary>
    public static Interval Percentile(IEnumerable<double> resampled)
    {
        var sorted = resampled.Order().ToArray();
        return new Interval(Quantile.Type7(sorted, (1 - Coverage) / 2), Quantile.Type7(sorted, (1 + Coverage) / 2));
    }

    // Null where there is a single reading: nothing can be said about its spread.
    private static double[]? Medians(IReadOnlyList<double[]> boots, int seed)
    {
        double[][] known = [.. boots.Where(boot => boot.Length > 0)];
        if (known.Sum(boot => boot.Length) < 2)
            return null;
        if (known.All(boot => boot.All(reading => reading.Equals(known[0][0]))))
            return [.. Enumerable.Repeat(known[0][0], Resamples)];

        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        return [.. Enumerable.Range(0, Resamples).Select(_ => MedianOf(Draw(known, random)))];
    }

    private static double[] Draw(double[][] boots, Xoshiro256StarStar random)
    {
        var drawn = new List<double>();
        for (var draw = 0; draw < boots.Length; draw++)
        {
            var boot = boots[(int)(random.NextDouble() * boots.Length)];
            for (var round = 0; round < boot.Length; round++)
                drawn.Add(boot[(int)(random.NextDouble() * boot.Length)]);
        }

        return [.. drawn];
    }

    // The same number as Quantile.Median's, without sorting.
    private static double MedianOf(double[] drawn)
    {
        var low = ArrayStatistics.OrderStatisticInplace(drawn, (drawn.Length + 1) / 2);
        return drawn.Length % 2 == 1 ? low : Quantile.Between(low, ArrayStatistics.OrderStatisticInplace(drawn, (drawn.Length / 2) + 1), 0.5);
    }

    // FNV-1a of the name, started from the seed of the whole, folded to what the generator takes.
    private static int SeedOf(ulong seed, string name)
    {
        var hash = 14695981039346656037 ^ seed;
        foreach (var character in name)
            hash = (hash ^ character) * 1099511628211;
        return (int)(hash ^ (hash >> 32));
    }
}

/// <summary>How one median stands to another, from the resamples of both.</summary>
/// <param name="Ci95">Its 95 % interval; null where a side has no resamples, or where a resampled denominator is not above zero.</param>
/// <param name="IsDifferent">The 95 % interval of the difference does not hold zero.</param>
public sealed record Ratio(double Value, Interval? Ci95, bool IsDifferent)
{
    /// <summary>Takes two medians that were resampled independently, by seeds of their own.</summary>
    /// <returns>Null where the denominator is not above zero: the ratio would say nothing.</returns>
    public static Ratio? Of(Estimate numerator, Estimate denominator)
    {
        if (denominator.Median <= 0)
            return null;

        var value = numerator.Median / denominator.Median;
        if (numerator.Resampled is not { } upper || denominator.Resampled is not { } lower)
            return new Ratio(value, null, false);

        var difference = Bootstrap.Percentile(upper.Zip(lower, (one, other) => one - other));
        Interval? interval = lower.Any(median => median <= 0) ? null : Bootstrap.Percentile(upper.Zip(lower, (one, other) => one / other));
        return new Ratio(value, interval, difference.Low > 0 || difference.High < 0);
    }
}
