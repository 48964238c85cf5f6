namespace SyscallBench.Statistics;

public readonly record struct Reading(double Value, Disturbance Disturbed)
{
    /// <summary>Null where it is no difference of a clock at all: such a reading is never used.</summary>
    public DisturbanceLevel? Level => Disturbed switch
    {
        _ when Disturbed.HasFlag(Disturbance.Clock) => null,
        Disturbance.None => DisturbanceLevel.None,
        Disturbance.Interrupt => DisturbanceLevel.Ticks,
        _ => DisturbanceLevel.Absence,
    };

    public static Reading Of(Call call, Sample sample) => call switch
    {
        Call.Tsc => new Reading(sample.Tsc, sample.TscDisturbed),
        Call.Empty => new Reading(sample.Empty, sample.EmptyDisturbed),
        Call.Fcall => new Reading(sample.Fcall, sample.FcallDisturbed),
        _ => new Reading(sample.Scall, sample.ScallDisturbed),
    };
}

/// <summary>How badly a reading was disturbed, as far as the program could see; best first.</summary>
public enum DisturbanceLevel
{
    None,

    /// <summary>By interrupts alone: the longer a loop, the surer a tick, and whoever runs as long pays for ticks too.</summary>
    Ticks,

    /// <summary>The CPU was somebody else's for a while, or another one. No call costs that.</summary>
    Absence,
}

/// <summary>
/// The readings of one timed region, boot by boot, and those of them that count. An instruction count with anything else in it is a count of something else, so it is left out. In
/// cycles the same, as long as at least half of a region's rounds are clean. In a loop so long that ticks come into most rounds, they are part of what a call costs there, and such
/// rounds are kept; those in which the program was off its CPU, only where more than half are of that kind.
/// </summary>
public sealed class Region
{
    private const double FewestKept = 0.5;

    private readonly Reading[] _all;

    public Region(IReadOnlyList<Reading[]> boots, Unit unit)
    {
        _all = [.. boots.SelectMany(boot => boot)];
        ClockFaults = _all.Count(reading => reading.Level is null);
        var whole = _all.Length - ClockFaults;
        Worst = unit == Unit.Instructions
            ? DisturbanceLevel.None
            : Enum.GetValues<DisturbanceLevel>().First(level => CountUpTo(level) >= FewestKept * whole);
        Kept = [.. boots.Select(boot => boot.Where(reading => reading.Level <= Worst).Select(reading => reading.Value).ToArray()).Where(boot => boot.Length > 0)];
        DisturbedKept = CountUpTo(Worst) - CountUpTo(DisturbanceLevel.None);
    }

    /// <summary>The readings that count, of the boots that have any.</summary>
    public IReadOnlyList<double[]> Kept { get; }

    public int Count => Kept.Sum(boot => boot.Length);

    public int LeftOut => _all.Length - Count;

    public int ClockFaults { get; }

    public int DisturbedKept { get; }

    /// <summary>Of the readings that count.</summary>
    public DisturbanceLevel Worst { get; }

    /// <summary>Readings that a kind of disturbance came into, whether they count or not.</summary>
    public int CountOf(Disturbance kind) => _all.Count(reading => reading.Disturbed.HasFlag(kind) && reading.Level is not null);

    /// <summary>What came into the readings that are worse than <paramref name="level"/>, as <c>interrupt in 7, context-switch in 2</c>; empty where nothing did.</summary>
    public string Describe(DisturbanceLevel level)
    {
        var worse = _all.Where(reading => reading.Level > level).ToList();
        return string.Join(", ", from kind in (Disturbance[])[Disturbance.Interrupt, Disturbance.ContextSwitch, Disturbance.Migration, Disturbance.Steal]
                                 let count = worse.Count(reading => reading.Disturbed.HasFlag(kind))
                                 where count > 0
                                 select $"{DisturbanceNames.Format(kind)} in {count}");
    }

    private int CountUpTo(DisturbanceLevel level) => _all.Count(reading => reading.Level <= level);
}
