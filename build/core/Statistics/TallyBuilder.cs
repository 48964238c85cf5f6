using System.Runtime.InteropServices;

namespace SyscallBench.Statistics;

/// <summary>Counts clock differences as they come.</summary>
internal sealed class TallyBuilder
{
    private readonly Dictionary<long, long> _counts = [];

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, ticks, out _)++;
        Count++;
    }

    public Tally Build() => Tally.Of(_counts.OrderBy(entry => entry.Key).Select(entry => ((double)entry.Key, entry.Value)));
}
