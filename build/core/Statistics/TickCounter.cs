namespace SyscallBench.Statistics;

/// <summary>Counts the clock differences of one boot as they come.</summary>
internal sealed class TickCounter
{
    // Readings are sorted in batches: faster than a dictionary, and still bounded when a boot repeats few values very often.
    private const int LeastBatch = 16 * 1024;

    private readonly List<long> _batch = [];
    private Tally _counted = Tally.Empty;
    private double _width = 1;

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        _batch.Add(ticks);
        Count++;
        // As long as what is counted already, so that merging costs a few copies of each reading and no more.
        if (_batch.Count >= LeastBatch && _batch.Count >= _counted.Distinct)
        {
            CountBatch();
        }
    }

    /// <summary>What was counted; the counter starts anew.</summary>
    public Tally Take()
    {
        CountBatch();
        var counted = _counted;
        (_counted, Count, _width) = (Tally.Empty, 0, 1);
        return counted;
    }

    private void CountBatch()
    {
        _batch.Sort();
        var builder = new TallyBuilder(_batch.Count);
        foreach (var ticks in _batch)
        {
            builder.Append(ticks, 1);
        }

        _batch.Clear();
        _counted = _counted.Count == 0 ? builder.Build() : Tally.Merge([_counted, builder.Build()]);
        while (_counted.Distinct > BootTallies.MostDistinct)
        {
            _width *= 2;
            _counted = _counted.Coarsen(_width);
        }
    }
}
