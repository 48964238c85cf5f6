namespace SyscallBench.Results;

/// <summary>
/// Difference and ratio of two independent estimates of which only value and interval are known, as in a saved document: the method of
/// variance estimates recovery (MOVER). It makes no assumption of symmetry, and two exact numbers give an exact result.
/// </summary>
/// <remarks>
/// Difference: Zou and Donner, "Construction of confidence limits about effect measures: a general approach", Statistics in Medicine 27 (2008).
/// Ratio: Donner and Zou, "Closed-form confidence intervals for functions of the normal mean and standard deviation", Statistical Methods in
/// Medical Research 21 (2012).
/// </remarks>
public static class Mover
{
    /// <summary><paramref name="left"/> less <paramref name="right"/>; without an interval where a side has none.</summary>
    public static ComparedValue Difference(ComparedValue left, ComparedValue right)
    {
        var difference = left.Value - right.Value;
        if (left.Ci95 is not { } a || right.Ci95 is not { } b)
            return new ComparedValue(difference, null);

        var below = Hypotenuse(left.Value - a.Low, b.High - right.Value);
        var above = Hypotenuse(a.High - left.Value, right.Value - b.Low);
        return new ComparedValue(difference, new Interval(difference - below, difference + above));
    }

    /// <summary>
    /// <paramref name="numerator"/> over <paramref name="denominator"/>; without an interval where a side has none, or where the
    /// denominator's interval reaches too near to zero for a bound to exist.
    /// </summary>
    public static ComparedValue Ratio(ComparedValue numerator, ComparedValue denominator)
    {
        var ratio = numerator.Value / denominator.Value;
        if (numerator.Ci95 is not { } n || denominator.Ci95 is not { } d || d.Low <= 0)
            return new ComparedValue(ratio, null);

        var product = numerator.Value * denominator.Value;
        var scaleLow = d.High * ((2 * denominator.Value) - d.High);
        var scaleHigh = d.Low * ((2 * denominator.Value) - d.Low);
        var underLow = (product * product) - (n.Low * ((2 * numerator.Value) - n.Low) * scaleLow);
        var underHigh = (product * product) - (n.High * ((2 * numerator.Value) - n.High) * scaleHigh);
        if (scaleLow <= 0 || scaleHigh <= 0)
            return new ComparedValue(ratio, null);

        // Rounding may leave a root of minus 1e-12 where the exact answer is zero, and an interval that misses its own value by an ulp.
        var low = (product - Math.Sqrt(Math.Max(0, underLow))) / scaleLow;
        var high = (product + Math.Sqrt(Math.Max(0, underHigh))) / scaleHigh;
        return new ComparedValue(ratio, new Interval(Math.Min(low, ratio), Math.Max(high, ratio)));
    }

    // Not Double.Hypot, whose last digit is another.
    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}

/// <param name="Ci95">95 % interval that contains <paramref name="Value"/>; null where none is known.</param>
public readonly record struct ComparedValue(double Value, Interval? Ci95)
{
    /// <summary>The interval has no width: the number was the same in every sample that decides it.</summary>
    public bool IsExact => Ci95 is { } ci && ci.Low.Equals(ci.High);

    /// <summary>The row's median, with its loop; null where the row has none.</summary>
    public static ComparedValue? OfMedian(ResultRow row) =>
        row is { Status: RowStatus.Measured, Median: { } median } ? Checked(median, row.Ci95) : null;

    /// <summary>The row's net cost; null where no loop could be subtracted.</summary>
    public static ComparedValue? OfNet(ResultRow row) =>
        row is { Status: RowStatus.Measured, Net: { } net } ? Checked(net.Median, net.Ci95) : null;

    // An interval that does not contain its number cannot be its own: somebody edited one of the two.
    private static ComparedValue Checked(double value, Interval? ci95) => new(value, ci95 is { } ci && ci.Low <= value && value <= ci.High ? ci : null);
}
