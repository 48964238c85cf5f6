using SyscallBench.Samples;

namespace SyscallBench.Statistics;

/// <summary>
/// The readings of one timed region, boot by boot, clean ones and spoilt ones apart, until it is known which rule applies to them.
/// </summary>
internal sealed class RegionReadings
{
    private readonly List<Tally> _clean = [];
    private readonly List<Tally> _spoilt = [];
    private TallyBuilder _cleanBoot = new();
    private TallyBuilder _spoiltBoot = new();

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
        _clean.Add(_cleanBoot.Build());
        _spoilt.Add(_spoiltBoot.Build());
        (_cleanBoot, _spoiltBoot) = (new TallyBuilder(), new TallyBuilder());
    }

    public Series CleanSeries() => new(_clean);

    public Series WholeSeries() => new(_clean.Zip(_spoilt, (clean, spoilt) => Tally.Merge([clean, spoilt])));
}
