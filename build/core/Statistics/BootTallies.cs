namespace SyscallBench.Statistics;

/// <summary>
/// One tally per boot, in bounded memory: should hundreds of thousands of readings all differ, neighbours are taken for one value in their middle. Each doubling of
/// that width halves what is kept; no experiment of a sensible size ever comes to it.
/// </summary>
internal sealed class BootTallies
{
    private const int MostDistinct = 1 << 18;

    private readonly List<Tally> _boots = [];
    private long _distinct;
    private double _width = 1;

    public IReadOnlyList<Tally> Boots => _boots;

    public void Add(Tally boot)
    {
        _boots.Add(_width > 1 ? Coarsen(boot) : boot);
        _distinct += _boots[^1].Distinct;
        while (_distinct > MostDistinct)
        {
            _width *= 2;
            for (var index = 0; index < _boots.Count; index++)
            {
                _boots[index] = Coarsen(_boots[index]);
            }

            _distinct = _boots.Sum(tally => (long)tally.Distinct);
        }
    }

    // Ticks are whole, so the middle of a group of 2, 4, 8 … is never taken for a member of another.
    private Tally Coarsen(Tally boot)
    {
        var builder = new TallyBuilder(boot.Distinct);
        foreach (var (value, count) in boot.Entries())
        {
            builder.Append((Math.Floor(value / _width) * _width) + ((_width - 1) / 2), count);
        }

        return builder.Build();
    }
}
