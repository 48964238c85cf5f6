using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// The rule for one row. The interval of the difference (<see cref="Mover"/>) decides whether there is a change at all; the
/// threshold then decides whether a change for the worse is a regression. Exact counts have intervals without width, so there any difference is a change.
/// Where a side has no interval, only the threshold is left to tell a change from noise.
/// </summary>
internal static class RowComparer
{
    private const string NoInterval = "no interval for a median; judged by the threshold alone";

    public static RowComparison Compare(ResultRow baseline, ResultRow current, ComparedValue before, ComparedValue after, double threshold)
    {
        var difference = Mover.Difference(after, before);
        var relative = Relative(difference, before.Value);
        var change = difference.Ci95 is { } interval
            ? Judge(interval)
            : Judge(relative?.Value ?? difference.Value, threshold);

        return new RowComparison
        {
            Platform = current.Platform,
            Call = current.Call,
            Unit = current.Unit,
            Baseline = baseline.Median,
            Current = current.Median,
            Difference = difference,
            Relative = relative,
            Change = change,
            Regression = change == Change.Slower && (relative?.Value ?? double.PositiveInfinity) > threshold,
            Reason = difference.Ci95 is null ? NoInterval : null,
        };
    }

    private static Change Judge(Interval interval) =>
        interval.Low > 0 ? Change.Slower : interval.High < 0 ? Change.Faster : Change.Same;

    private static Change Judge(double relative, double threshold) =>
        relative > threshold ? Change.Slower : relative < -threshold ? Change.Faster : Change.Same;

    /// <summary>The baseline's own noise is already in the difference's interval, so its median is only the scale here.</summary>
    private static ComparedValue? Relative(ComparedValue difference, double scale)
    {
        if (scale == 0)
            return null;

        // A net cost may be negative, and more is still worse then.
        var size = Math.Abs(scale);
        return new ComparedValue(
            difference.Value / size,
            difference.Ci95 is { } ci ? new Interval(ci.Low / size, ci.High / size) : null);
    }
}
