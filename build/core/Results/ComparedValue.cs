using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>A number with its 95 % interval.</summary>
/// <param name="Value">The point estimate.</param>
/// <param name="Ci95">95 % interval that contains <paramref name="Value"/>; null where none is known.</param>
public readonly record struct ComparedValue(double Value, Interval? Ci95)
{
    /// <summary>The row's median; null where the row has none.</summary>
    /// <remarks>An interval that does not contain its median cannot be the median's (somebody edited one of the two), and is dropped.</remarks>
    public static ComparedValue? OfMedian(ResultRow row) =>
        row is { Status: RowStatus.Measured, Median: { } median }
            ? new ComparedValue(median, row.Ci95 is { } ci && ci.Low <= median && median <= ci.High ? ci : null)
            : null;

    /// <summary>The interval has no width: the number was the same in every sample that decides it.</summary>
    public bool IsExact => Ci95 is { } ci && ci.Low.Equals(ci.High);
}
