using System.Globalization;
using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>How many samples each kind of disturbance spoilt. A sample may count for several kinds.</summary>
internal sealed class DisturbanceTally
{
    private static readonly Disturbance[] _kinds = [Disturbance.Interrupt, Disturbance.ContextSwitch, Disturbance.Migration, Disturbance.Steal, Disturbance.Clock];

    private readonly long[] _counts = new long[_kinds.Length];

    public static DisturbanceTally Sum(IEnumerable<DisturbanceTally> tallies)
    {
        var sum = new DisturbanceTally();
        foreach (var tally in tallies)
        {
            for (var kind = 0; kind < _kinds.Length; kind++)
            {
                sum._counts[kind] += tally._counts[kind];
            }
        }

        return sum;
    }

    public void Add(Disturbance spoilt)
    {
        for (var kind = 0; kind < _kinds.Length; kind++)
        {
            _counts[kind] += (spoilt & _kinds[kind]) != 0 ? 1 : 0;
        }
    }

    public long Of(Disturbance kind) => _counts[Array.IndexOf(_kinds, kind)];

    /// <summary>The kinds that there were, by the names that sample files have: <c>interrupt in 7, context-switch in 2</c>.</summary>
    public override string ToString() => string.Join(", ", _kinds.Where(kind => Of(kind) > 0)
        .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{DisturbanceNames.Format(kind)} in {Of(kind)}")));
}
