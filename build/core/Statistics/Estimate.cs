using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>A median, and what the bootstrap knows of it.</summary>
/// <param name="Median">Of all readings.</param>
/// <param name="Resampled">Medians of the resamples; null where there is a single reading.</param>
public sealed record Estimate(double Median, double[]? Resampled)
{
    /// <summary>95 % interval of the median; null where there is a single reading.</summary>
    public Interval? Ci95 { get; } = Resampled is null ? null : Bootstrap.Percentile(Resampled);

    /// <param name="series">At least one reading.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static Estimate Of(Series series, ulong seed) => new(Quantile.Type7(series.Pooled, 0.5), Bootstrap.Medians(series, seed));
}
