namespace SyscallBench.Statistics;

/// <summary>
/// Readings as distinct values in rising order with how often each was seen. A clock counts whole ticks, so this is exact, and its size does not follow the
/// number of readings.
/// </summary>
public sealed class Tally
{
    private readonly double[] _values;

    // How many readings are at or before each value: the rank of any reading is one binary search away.
    private readonly long[] _cumulative;

    private Tally(double[] values, long[] cumulative) => (_values, _cumulative) = (values, cumulative);

    /// <summary>Number of readings.</summary>
    public long Count => _cumulative.Length == 0 ? 0 : _cumulative[^1];

    /// <summary>Number of distinct values.</summary>
    public int Distinct => _values.Length;

    /// <summary>Distinct values, rising.</summary>
    public ReadOnlySpan<double> Values => _values;

    public double Min => _values[0];

    public double Max => _values[^1];

    /// <summary>Counts readings, which may come in any order.</summary>
    public static Tally Of(IEnumerable<double> readings)
    {
        var sorted = readings.ToArray();
        Array.Sort(sorted);
        return Of(sorted.Select(value => (value, 1L)));
    }

    /// <summary>Takes values in rising order with their counts; equal neighbours become one.</summary>
    public static Tally Of(IEnumerable<(double Value, long Count)> rising)
    {
        var values = new List<double>();
        var cumulative = new List<long>();
        foreach (var (value, count) in rising)
        {
            var before = cumulative.Count == 0 ? 0 : cumulative[^1];
            if (values.Count > 0 && values[^1] == value)
            {
                cumulative[^1] = before + count;
                continue;
            }

            values.Add(value);
            cumulative.Add(before + count);
        }

        return new Tally([.. values], [.. cumulative]);
    }

    /// <summary>All readings of several tallies.</summary>
    public static Tally Merge(IReadOnlyList<Tally> tallies)
        => tallies.Count == 1 ? tallies[0] : Of(tallies.SelectMany(tally => tally.Entries()).OrderBy(entry => entry.Value));

    /// <summary>The same readings on another scale; <paramref name="rising"/> must not turn their order round.</summary>
    public Tally Select(Func<double, double> rising) => Of(Entries().Select(entry => (rising(entry.Value), entry.Count)));

    /// <summary>The reading of a rank, from 0.</summary>
    public double At(long rank)
    {
        var found = Array.BinarySearch(_cumulative, rank + 1);
        return _values[found < 0 ? ~found : found];
    }

    /// <summary>How many readings are below <paramref name="value"/>.</summary>
    public long CountBelow(double value)
    {
        var found = Array.BinarySearch(_values, value);
        var index = found < 0 ? ~found : found;
        return index == 0 ? 0 : _cumulative[index - 1];
    }

    /// <summary>How many readings are above <paramref name="value"/>.</summary>
    public long CountAbove(double value)
    {
        var found = Array.BinarySearch(_values, value);
        var index = found < 0 ? ~found - 1 : found;
        return Count - (index < 0 ? 0 : _cumulative[index]);
    }

    /// <summary>Distinct values, rising, with their counts.</summary>
    public IEnumerable<(double Value, long Count)> Entries()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            yield return (_values[index], _cumulative[index] - (index == 0 ? 0 : _cumulative[index - 1]));
        }
    }
}
