using MathNet.Numerics.Distributions;

namespace SyscallBench.Statistics;

/// <summary>
/// Draws the median of a large resample without drawing its rounds. How many of the drawn rounds are at or below a value is a sum of binomials, which
/// for thousands of rounds is normal. So one normal deviate stands for all of them, and the median is the first value at or below which half of the
/// rounds are with it.
/// </summary>
internal sealed class RankResampler
{
    private readonly Xoshiro256 _random;
    private readonly double[] _values;
    private readonly Tally[] _boots;
    private readonly int[] _drawn;

    public RankResampler(Series series, Xoshiro256 random)
    {
        _random = random;
        _values = series.Pooled.Values.ToArray();
        _boots = [.. series.Boots];
        _drawn = new int[_boots.Length];
    }

    public double NextMedian()
    {
        Array.Clear(_drawn);
        var count = 0L;
        for (var draw = 0; draw < _boots.Length; draw++)
        {
            var boot = _random.Next(_boots.Length);
            _drawn[boot]++;
            count += _boots[boot].Count;
        }

        return FirstValue(count / 2.0, Normal.InvCDF(0, 1, _random.NextOpen()));
    }

    private double FirstValue(double half, double deviate)
    {
        var (low, high) = (0, _values.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = CountUpTo(_values[middle], deviate) < half ? (middle + 1, high) : (low, middle);
        }

        return _values[low];
    }

    // Expectation n p, variance n p (1 - p), where a part p of a boot's rounds is at or below the value.
    private double CountUpTo(double value, double deviate)
    {
        var (expectation, variance) = (0.0, 0.0);
        for (var boot = 0; boot < _boots.Length; boot++)
        {
            if (_drawn[boot] > 0)
            {
                var count = _drawn[boot] * (double)_boots[boot].CountUpTo(value);
                expectation += count;
                variance += count * (1 - (count / _drawn[boot] / _boots[boot].Count));
            }
        }

        return expectation + (deviate * Math.Sqrt(variance));
    }
}
