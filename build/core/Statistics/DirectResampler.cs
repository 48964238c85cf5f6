using System.Runtime.CompilerServices;

namespace SyscallBench.Statistics;

/// <summary>Draws every round of every boot of a resample.</summary>
internal sealed class DirectResampler
{
    private readonly Xoshiro256 _random;
    private readonly double[] _values;

    // For each boot the place of each of its readings among the distinct values: resamples are counted, not sorted.
    private readonly int[][] _boots;
    private readonly int[] _counts;

    public DirectResampler(Series series, Xoshiro256 random)
    {
        _random = random;
        _values = series.Pooled.Values.ToArray();
        _counts = new int[_values.Length];
        _boots = [.. series.Boots.Select(Places)];
    }

    // Optimised from the first call on: the whole bootstrap is over before the tiers of the compiler would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double NextMedian()
    {
        Array.Clear(_counts);
        var total = 0;
        for (var draw = 0; draw < _boots.Length; draw++)
        {
            var boot = _boots[_random.Next(_boots.Length)];
            for (var round = 0; round < boot.Length; round++)
            {
                _counts[boot[_random.Next(boot.Length)]]++;
            }

            total += boot.Length;
        }

        return Median(total);
    }

    private double Median(int total)
    {
        var (place, seen) = Find(0, 0, (total - 1) / 2);
        var (next, _) = Find(place, seen, total / 2);
        return place == next ? _values[place] : Quantile.Between(_values[place], _values[next], 0.5);
    }

    private (int Place, int Seen) Find(int place, int seen, int rank)
    {
        while (seen + _counts[place] <= rank)
        {
            seen += _counts[place++];
        }

        return (place, seen);
    }

    private int[] Places(Tally boot)
        => [.. boot.Entries().SelectMany(entry => Enumerable.Repeat(Array.BinarySearch(_values, entry.Value), (int)entry.Count))];
}
