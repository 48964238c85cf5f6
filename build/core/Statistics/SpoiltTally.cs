using System.Globalization;
using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>How many samples each kind of disturbance spoilt. A sample may count for several kinds.</summary>
internal sealed class SpoiltTally
{
    private static readonly Spoilt[] _kinds = [Spoilt.Interrupt, Spoilt.ContextSwitch, Spoilt.Migration, Spoilt.Steal, Spoilt.Clock];

    private readonly long[] _counts = new long[_kinds.Length];

    public static SpoiltTally Sum(IEnumerable<SpoiltTally> tallies)
    {
        var sum = new SpoiltTally();
        foreach (var tally in tallies)
        {
            for (var kind = 0; kind < _kinds.Length; kind++)
            {
                sum._counts[kind] += tally._counts[kind];
            }
        }

        return sum;
    }

    public void Add(Spoilt spoilt)
    {
        for (var kind = 0; kind < _kinds.Length; kind++)
        {
            _counts[kind] += (spoilt & _kinds[kind]) != 0 ? 1 : 0;
        }
    }

    public long Of(Spoilt kind) => _counts[Array.IndexOf(_kinds, kind)];

    /// <summary>The kinds that there were, by the names that sample files have: <c>interrupt in 7, context-switch in 2</c>.</summary>
    public override string ToString() => string.Join(", ", _kinds.Where(kind => Of(kind) > 0)
        .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{SpoiltNames.Format(kind)} in {Of(kind)}")));
}
