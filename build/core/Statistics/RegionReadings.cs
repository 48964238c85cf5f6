using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>
/// The readings of one timed region, boot by boot, apart by how badly they were spoilt, until it is known which rule applies to them.
/// </summary>
internal sealed class RegionReadings
{
    // By disturbance.
    private readonly Part[] _parts = [new(), new(), new()];

    /// <summary>Readings that are no difference of a clock at all, and never used.</summary>
    public long ClockFaults { get; private set; }

    /// <summary>All others.</summary>
    public long Whole => UpTo(DisturbanceLevel.Absence);

    /// <summary>Readings that were spoilt so badly at most.</summary>
    public long UpTo(DisturbanceLevel worst) => _parts[..((int)worst + 1)].Sum(part => part.Count);

    /// <summary>What spoilt the readings that are worse than <paramref name="worst"/>.</summary>
    public DisturbanceTally Beyond(DisturbanceLevel worst) => DisturbanceTally.Sum(_parts[((int)worst + 1)..].Select(part => part.By));

    public void Add(long ticks, Disturbance spoilt)
    {
        if ((spoilt & Disturbance.Clock) != 0)
        {
            ClockFaults++;
            return;
        }

        var part = _parts[(int)DisturbanceLevels.Of(spoilt)];
        part.Boot.Add(ticks);
        if (spoilt != Disturbance.None)
        {
            part.By.Add(spoilt);
        }
    }

    public void EndBoot()
    {
        foreach (var part in _parts)
        {
            part.EndBoot();
        }
    }

    /// <summary>The readings that were spoilt so badly at most.</summary>
    public Series SeriesUpTo(DisturbanceLevel worst)
        => new(Enumerable.Range(0, _parts[0].Boots.Boots.Count)
            .Select(boot => Tally.Merge([.. _parts[..((int)worst + 1)].Select(part => part.Boots.Boots[boot])])));

    /// <summary>Readings that are spoilt alike.</summary>
    private sealed class Part
    {
        public BootTallies Boots { get; } = new();

        /// <summary>The boot that is not over yet.</summary>
        public TickCounter Boot { get; } = new();

        public DisturbanceTally By { get; } = new();

        public long Count { get; private set; }

        public void EndBoot()
        {
            Count += Boot.Count;
            Boots.Add(Boot.Take());
        }
    }
}
