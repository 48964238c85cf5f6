namespace SyscallBench.Statistics;

/// <summary>The readings of one call on one platform, boot by boot: the two levels that vary.</summary>
public sealed class Series
{
    /// <param name="boots">Boots without a reading are left out.</param>
    public Series(IEnumerable<Tally> boots)
    {
        Boots = [.. boots.Where(boot => boot.Count > 0)];
        Pooled = Tally.Merge(Boots);
    }

    private Series(IReadOnlyList<Tally> boots, Tally pooled) => (Boots, Pooled) = (boots, pooled);

    /// <summary>One tally per boot that has readings, in the order of the boots.</summary>
    public IReadOnlyList<Tally> Boots { get; }

    /// <summary>All readings.</summary>
    public Tally Pooled { get; }

    public long Count => Pooled.Count;

    /// <inheritdoc cref="Tally.Select"/>
    public Series Select(Func<double, double> rising) => new([.. Boots.Select(boot => boot.Select(rising))], Pooled.Select(rising));
}
