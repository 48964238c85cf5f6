using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>What a batch of readings looks like, every boot pooled. Outliers are counted, and part of every figure.</summary>
public sealed record Summary
{
    /// <summary>Tukey's constant for the inner fences (Exploratory Data Analysis, 1977): 1.5 interquartile ranges beyond the quartiles.</summary>
    public const double FenceFactor = 1.5;

    public required long Count { get; init; }

    public required double Mean { get; init; }

    public required double Median { get; init; }

    public required double Q1 { get; init; }

    public required double Q3 { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }

    /// <summary>Readings below Tukey's lower fence.</summary>
    public required long OutliersLow { get; init; }

    /// <summary>Readings above Tukey's upper fence.</summary>
    public required long OutliersHigh { get; init; }

    /// <param name="readings">At least one.</param>
    public static Summary Of(Tally readings)
    {
        var q1 = Quantile.Type7(readings, 0.25);
        var q3 = Quantile.Type7(readings, 0.75);
        var reach = FenceFactor * (q3 - q1);
        return new Summary
        {
            Count = readings.Count,
            Mean = Moments(readings).Mean,
            Median = Quantile.Type7(readings, 0.5),
            Q1 = q1,
            Q3 = q3,
            Min = readings.Min,
            Max = readings.Max,
            OutliersLow = readings.CountBelow(q1 - reach),
            OutliersHigh = readings.CountAbove(q3 + reach),
        };
    }

    internal static RunningWeightedStatistics Moments(Tally readings)
    {
        var moments = new RunningWeightedStatistics();
        foreach (var (value, count) in readings.Entries())
        {
            moments.Push(count, value);
        }

        return moments;
    }
}
