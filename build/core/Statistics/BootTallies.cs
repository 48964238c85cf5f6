namespace SyscallBench.Statistics;

/// <summary>
/// One tally per boot, in bounded memory: should hundreds of thousands of readings all differ, neighbours are taken for one value. Each doubling of
/// their width halves what is kept; no experiment of a sensible size ever comes to it.
/// </summary>
internal sealed class BootTallies
{
    /// <summary>Distinct readings that are kept.</summary>
    public const int MostDistinct = 1 << 18;

    private readonly List<Tally> _boots = [];
    private long _distinct;
    private double _width = 1;

    public IReadOnlyList<Tally> Boots => _boots;

    public void Add(Tally boot)
    {
        _boots.Add(_width > 1 ? boot.Coarsen(_width) : boot);
        _distinct += _boots[^1].Distinct;
        while (_distinct > MostDistinct)
        {
            _width *= 2;
            for (var index = 0; index < _boots.Count; index++)
            {
                _boots[index] = _boots[index].Coarsen(_width);
            }

            _distinct = _boots.Sum(tally => (long)tally.Distinct);
        }
    }
}
