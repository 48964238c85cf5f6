using SyscallBench.Platforms;

namespace SyscallBench.Statistics;

/// <summary>
/// What becomes of spoilt samples. An instruction count with a timer tick in it is a count of something else, so it is left out. In cycles the same,
/// as long as at least half of a region's rounds are clean; in a loop so long that ticks strike almost every round, they are part of what a call
/// costs there, and all rounds are kept.
/// </summary>
/// <param name="Kept">The readings that count.</param>
/// <param name="LeftOut">Samples that do not.</param>
/// <param name="SpoiltKept">Spoilt samples that do.</param>
internal sealed record SpoiltRule(Series Kept, long LeftOut, long SpoiltKept)
{
    private const double FewestClean = 0.5;

    public static SpoiltRule Apply(RegionReadings region, Unit unit)
    {
        var whole = region.Clean + region.Spoilt;
        var keepsAll = unit != Unit.Instructions && region.Clean < FewestClean * whole;
        return keepsAll
            ? new SpoiltRule(region.WholeSeries(), region.ClockFaults, region.Spoilt)
            : new SpoiltRule(region.CleanSeries(), region.Spoilt + region.ClockFaults, 0);
    }
}
