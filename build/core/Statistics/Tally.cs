namespace SyscallBench.Statistics;

/// <summary>
/// Readings as distinct values in rising order with how often each was seen. A clock counts whole ticks, so this is exact, and its size does not
/// follow the number of readings.
/// </summary>
public sealed class Tally
{
    private readonly double[] _values;

    // How many readings are at or before each value: the rank of any reading is one binary search away.
    private readonly long[] _cumulative;

    internal Tally(double[] values, long[] cumulative) => (_values, _cumulative) = (values, cumulative);

    /// <summary>No readings.</summary>
    public static Tally Empty { get; } = new([], []);

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
        var builder = new TallyBuilder(sorted.Length);
        foreach (var reading in sorted)
        {
            builder.Append(reading, 1);
        }

        return builder.Build();
    }

    /// <summary>All readings of several tallies.</summary>
    public static Tally Merge(IReadOnlyList<Tally> tallies) => tallies.Count switch
    {
        0 => Empty,
        1 => tallies[0],
        // Halves of halves: every value is copied once per level, not once per tally.
        var count => Merge(Merge([.. tallies.Take(count / 2)]), Merge([.. tallies.Skip(count / 2)])),
    };

    /// <summary>The same readings on another scale; <paramref name="rising"/> has to keep different values different, and in their order.</summary>
    public Tally Select(Func<double, double> rising) => new(Array.ConvertAll(_values, value => rising(value)), _cumulative);

    /// <summary>The same readings with neighbours taken for one value in their middle, so that fewer are distinct.</summary>
    /// <param name="width">Whole numbers from a multiple of it to the next are neighbours.</param>
    public Tally Coarsen(double width)
    {
        var builder = new TallyBuilder(Distinct);
        for (var index = 0; index < Distinct; index++)
        {
            builder.Append((Math.Floor(_values[index] / width) * width) + ((width - 1) / 2), CountAt(index));
        }

        return builder.Build();
    }

    /// <summary>The reading of a rank, from 0.</summary>
    public double At(long rank)
    {
        var found = Array.BinarySearch(_cumulative, rank + 1);
        return _values[found < 0 ? ~found : found];
    }

    /// <summary>How many readings are at or below <paramref name="value"/>.</summary>
    public long CountUpTo(double value)
    {
        var found = Array.BinarySearch(_values, value);
        var last = found < 0 ? ~found - 1 : found;
        return last < 0 ? 0 : _cumulative[last];
    }

    /// <summary>How many readings are below <paramref name="value"/>.</summary>
    public long CountBelow(double value)
    {
        var found = Array.BinarySearch(_values, value);
        var first = found < 0 ? ~found : found;
        return first == 0 ? 0 : _cumulative[first - 1];
    }

    /// <summary>How many readings are above <paramref name="value"/>.</summary>
    public long CountAbove(double value) => Count - CountUpTo(value);

    /// <summary>How often the distinct value of an index was seen.</summary>
    public long CountAt(int index) => _cumulative[index] - (index == 0 ? 0 : _cumulative[index - 1]);

    /// <summary>Distinct values, rising, with their counts.</summary>
    public IEnumerable<(double Value, long Count)> Entries()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            yield return (_values[index], CountAt(index));
        }
    }

    private static Tally Merge(Tally one, Tally other)
    {
        var builder = new TallyBuilder(one.Distinct + other.Distinct);
        int first = 0, second = 0;
        while (first < one.Distinct || second < other.Distinct)
        {
            var takesFirst = second == other.Distinct || (first < one.Distinct && one._values[first] <= other._values[second]);
            builder.Append(takesFirst ? one._values[first] : other._values[second], takesFirst ? one.CountAt(first++) : other.CountAt(second++));
        }

        return builder.Build();
    }
}
