using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>What a batch of readings looks like, every boot pooled. Outliers are counted, and part of every figure.</summary>
public sealed record Summary(int Count, double Mean, double Median, double Q1, double Q3, double Min, double Max)
{
    /// <summary>Tukey's constant for the inner fences (Exploratory Data Analysis, 1977): 1.5 interquartile ranges beyond the quartiles.</summary>
    public const double FenceFactor = 1.5;

    /// <summary>Readings below Tukey's lower fence.</summary>
    public int OutliersLow { get; private init; }

    /// <summary>Readings above Tukey's upper fence.</summary>
    public int OutliersHigh { get; private init; }

    /// <param name="readings">At least one.</param>
    public static Summary Of(IEnumerable<double> readings)
    {
        var sorted = readings.ToArray();
        Array.Sort(sorted);
        var (q1, q3) = (Quantile.Type7(sorted, 0.25), Quantile.Type7(sorted, 0.75));
        var reach = FenceFactor * (q3 - q1);
        return new Summary(sorted.Length, sorted.Mean(), Quantile.Type7(sorted, 0.5), q1, q3, sorted[0], sorted[^1])
        {
            OutliersLow = sorted.Count(reading => reading < q1 - reach),
            OutliersHigh = sorted.Count(reading => reading > q3 + reach),
        };
    }
}
