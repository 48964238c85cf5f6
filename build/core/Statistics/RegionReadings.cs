using SyscallBench.Samples;

namespace SyscallBench.Statistics;

/// <summary>
/// The readings of one timed region, boot by boot, clean ones and spoilt ones apart, until it is known which rule applies to them.
/// </summary>
internal sealed class RegionReadings
{
    private readonly BootTallies _clean = new();
    private readonly BootTallies _spoilt = new();
    private readonly TickCounter _cleanBoot = new();
    private readonly TickCounter _spoiltBoot = new();

    /// <summary>Readings that are no difference of a clock at all, and never used.</summary>
    public long ClockFaults { get; private set; }

    public long Clean { get; private set; }

    public long Spoilt { get; private set; }

    public void Add(long ticks, Spoilt spoilt)
    {
        if ((spoilt & Samples.Spoilt.Clock) != 0)
        {
            ClockFaults++;
            return;
        }

        (spoilt == Samples.Spoilt.None ? _cleanBoot : _spoiltBoot).Add(ticks);
    }

    public void EndBoot()
    {
        Clean += _cleanBoot.Count;
        Spoilt += _spoiltBoot.Count;
        _clean.Add(_cleanBoot.Take());
        _spoilt.Add(_spoiltBoot.Take());
    }

    public Series CleanSeries() => new(_clean.Boots);

    public Series WholeSeries() => new(_clean.Boots.Zip(_spoilt.Boots, (clean, spoilt) => Tally.Merge([clean, spoilt])));
}
