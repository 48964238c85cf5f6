using SyscallBench.Model;

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

    // Beyond, drawing every round takes too long, and the normal error of a rank is exact to far more digits than 2000 resamples show.
    private const long MostDrawn = 8192;

    /// <summary>The medians of all resamples, in the order they were drawn; the same data and seed give the same medians.</summary>
    /// <returns>Null where there is a single reading: nothing can be said about its spread.</returns>
    public static double[]? Medians(Series series, ulong seed)
    {
        if (series.Count < 2)
        {
            return null;
        }

        var medians = new double[Resamples];
        if (series.Pooled.Distinct == 1)
        {
            Array.Fill(medians, series.Pooled.Min);
            return medians;
        }

        var random = new Xoshiro256(seed);
        Func<double> next = series.Count <= MostDrawn ? new DirectResampler(series, random).NextMedian : new RankResampler(series, random).NextMedian;
        for (var index = 0; index < medians.Length; index++)
        {
            medians[index] = next();
        }

        return medians;
    }

    /// <summary>The 95 % interval by the percentile method: the middle 95 % of the resampled statistics.</summary>
    public static Interval Percentile(IEnumerable<double> resampled)
    {
        var sorted = resampled.ToArray();
        Array.Sort(sorted);
        return new Interval(Quantile.Type7(sorted, (1 - Coverage) / 2), Quantile.Type7(sorted, (1 + Coverage) / 2));
    }
}
