using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>How one median stands to another, from the resamples of both.</summary>
/// <param name="Value">One over the other.</param>
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
