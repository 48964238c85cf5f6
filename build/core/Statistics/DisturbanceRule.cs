using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>
/// What becomes of spoilt samples. An instruction count with anything else in it is a count of something else, so it is left out. In cycles the
/// same, as long as at least half of a region's rounds are clean. In a loop so long that ticks strike most rounds, they are part of what a call costs
/// there, and such rounds are kept; those in which the program was off its CPU, only where more than half are of that kind.
/// </summary>
/// <param name="Kept">The readings that count.</param>
/// <param name="LeftOut">Samples that do not.</param>
/// <param name="DisturbedKept">Disturbance samples that do.</param>
/// <param name="Worst">How badly spoilt the worst of the samples are that are kept.</param>
internal sealed record DisturbanceRule(Series Kept, long LeftOut, long DisturbedKept, DisturbanceLevel Worst)
{
    private const double FewestKept = 0.5;

    public static DisturbanceRule Apply(RegionReadings region, Unit unit)
    {
        var worst = unit == Unit.Instructions
            ? DisturbanceLevel.None
            : Enum.GetValues<DisturbanceLevel>().First(candidate => region.UpTo(candidate) >= FewestKept * region.Whole);
        var kept = region.UpTo(worst);
        return new DisturbanceRule(
            region.SeriesUpTo(worst), region.Whole - kept + region.ClockFaults, kept - region.UpTo(DisturbanceLevel.None), worst);
    }
}
