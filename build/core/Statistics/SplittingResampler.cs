namespace SyscallBench.Statistics;

/// <summary>
/// Draws the median of a resample without drawing its rounds. How many of a boot's draws fall into the lower part of a range of values is binomial, so the range
/// that holds the median is halved until one value is left: the same distribution as drawing every round, in a time that grows with the logarithm of their number.
/// </summary>
internal sealed class SplittingResampler
{
    private readonly Xoshiro256 _random;
    private readonly double[] _values;
    private readonly Tally[] _boots;

    public SplittingResampler(Series series, Xoshiro256 random)
    {
        _random = random;
        _values = series.Pooled.Values.ToArray();
        _boots = [.. series.Boots];
    }

    public double NextMedian()
    {
        var drawn = new long[_boots.Length];
        var total = 0L;
        for (var draw = 0; draw < _boots.Length; draw++)
        {
            var boot = _random.Next(_boots.Length);
            drawn[boot] += _boots[boot].Count;
            total += _boots[boot].Count;
        }

        return Select(new Range(0, _values.Length, drawn), (total - 1) / 2, total / 2);
    }

    // The mean of the values at two neighbouring ranks of the range, or of one rank with itself.
    private double Select(Range range, long lower, long upper)
    {
        while (range.Last - range.First > 1)
        {
            var (left, right) = Split(range);
            var inLeft = left.Drawn.Sum();
            if (lower < inLeft && upper >= inLeft)
            {
                return Quantile.Between(Select(left, lower, lower), Select(right, 0, 0), 0.5);
            }

            var goesLeft = upper < inLeft;
            range = goesLeft ? left : right;
            (lower, upper) = goesLeft ? (lower, upper) : (lower - inLeft, upper - inLeft);
        }

        return _values[range.First];
    }

    private (Range Left, Range Right) Split(Range range)
    {
        var middle = (range.First + range.Last) / 2;
        var left = new long[_boots.Length];
        var right = new long[_boots.Length];
        for (var boot = 0; boot < _boots.Length; boot++)
        {
            if (range.Drawn[boot] == 0)
            {
                continue;
            }

            var below = Below(boot, range.First);
            var inLeft = (double)(Below(boot, middle) - below);
            var inRange = Below(boot, range.Last) - below;
            left[boot] = Binomial.Draw(_random, range.Drawn[boot], inLeft / inRange);
            right[boot] = range.Drawn[boot] - left[boot];
        }

        return (new Range(range.First, middle, left), new Range(middle, range.Last, right));
    }

    private long Below(int boot, int place) => place == _values.Length ? _boots[boot].Count : _boots[boot].CountBelow(_values[place]);

    // Places among the distinct values from First to Last - 1, and how many draws of each boot are there.
    private readonly record struct Range(int First, int Last, long[] Drawn);
}
