namespace SyscallBench.Reports;

/// <summary>The one place where numbers are rounded: text that a person reads. Never parsed back.</summary>
public static class Readable
{
    /// <summary>What stands where a number does not exist.</summary>
    public const string Missing = "-";

    /// <summary>Two decimals below 100, one above, none that are zero: an exact count looks like one.</summary>
    public static string Number(double? value) => value switch
    {
        null => Missing,
        // In three parts, or .NET would write a small negative number as "-0", which reads like a sign that means something.
        { } number when Math.Abs(number) < 100 => number.ToString("0.##;-0.##;0", CultureInfo.InvariantCulture),
        { } number => number.ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary><c>247 to 247.1</c>, or the number alone where the interval has no width that a reader could see.</summary>
    public static string Interval(Interval? interval) => Interval(interval, number => Number(number));

    public static string Ratio(Interval? interval) => Interval(interval, Ratio);

    /// <summary>A ratio in a table: two decimals below ten, one above: <c>3.17</c>, <c>61.3</c>.</summary>
    public static string Ratio(double ratio) => ratio.ToString(Math.Abs(ratio) < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>How many times, for a sentence: one decimal below ten, none above.</summary>
    public static string Times(double ratio) => ratio.ToString(Math.Abs(ratio) < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary><c>1 boot</c>, <c>2 boots</c>.</summary>
    public static string Count(long count, string thing) => FormattableString.Invariant($"{count} {thing}{(count == 1 ? string.Empty : "s")}");

    /// <summary>A unit where a person reads, at the beginning of a line.</summary>
    public static string UnitName(Unit unit) => unit == Unit.Cycles ? "TSC cycles" : "Instructions";

    public static string UnitWord(Unit unit) => unit == Unit.Instructions ? "instructions" : UnitName(unit);

    /// <summary>A fraction as percent with its sign: 0.03 is <c>+3 %</c>.</summary>
    public static string SignedPercent(double fraction) => (fraction * 100).ToString("+0.##' %';-0.##' %';0' %'", CultureInfo.InvariantCulture);

    /// <summary>A fraction as whole percent: 0.068 is <c>7 %</c>; below one percent one decimal is kept.</summary>
    public static string Percent(double fraction) =>
        (fraction * 100).ToString(Math.Abs(fraction) < 0.01 ? "0.#' %';-0.#' %';0' %'" : "0' %'", CultureInfo.InvariantCulture);

    private static string Interval(Interval? interval, Func<double, string> write)
    {
        if (interval is not { } known)
            return Missing;

        var (low, high) = (write(known.Low), write(known.High));
        return low == high ? low : $"{low} to {high}";
    }
}
