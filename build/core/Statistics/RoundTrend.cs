namespace SyscallBench.Statistics;

/// <summary>Mean of each round over all boots: whether a guest gets slower or faster while it runs.</summary>
internal sealed class RoundTrend
{
    // As many as the benchmark can be told to do; a file that claims more must not fill the memory.
    private const int MostRounds = 10_000;

    private readonly List<(double Sum, long Count)> _rounds = [];

    public void Add(int round, double value)
    {
        if (round >= MostRounds)
        {
            return;
        }

        while (_rounds.Count <= round)
        {
            _rounds.Add((0, 0));
        }

        var (sum, count) = _rounds[round];
        _rounds[round] = (sum + value, count + 1);
    }

    /// <summary>The means, in the order of the rounds, of those that have a reading.</summary>
    public IReadOnlyList<double> Means() => [.. _rounds.Where(round => round.Count > 0).Select(round => round.Sum / round.Count)];
}
