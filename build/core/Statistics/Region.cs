namespace SyscallBench.Statistics;

public readonly record struct Reading(double Value, Disturbance Disturbed)
{
    /// <summary>It is no difference of a clock at all, and never used.</summary>
    public bool IsClockFault => Disturbed.HasFlag(Disturbance.Clock);

    public static Reading Of(Call call, Sample sample) => call switch
    {
        Call.Tsc => new Reading(sample.Tsc, sample.TscDisturbed),
        Call.Empty => new Reading(sample.Empty, sample.EmptyDisturbed),
        Call.Fcall => new Reading(sample.Fcall, sample.FcallDisturbed),
        _ => new Reading(sample.Scall, sample.ScallDisturbed),
    };
}

/// <summary>How badly a reading was disturbed, best first.</summary>
public enum DisturbanceLevel
{
    /// <summary>Not, as far as the program could see.</summary>
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

    private static readonly Disturbance[] _kinds = [Disturbance.Interrupt, Disturbance.ContextSwitch, Disturbance.Migration, Disturbance.Steal, Disturbance.Clock];

    private readonly Reading[] _all;

    public Region(IReadOnlyList<Reading[]> boots, Unit unit)
    {
        _all = [.. boots.SelectMany(boot => boot)];
        ClockFaults = _all.Count(reading => reading.IsClockFault);
        var whole = _all.Length - ClockFaults;
        Worst = unit == Unit.Instructions
            ? DisturbanceLevel.None
            : Enum.GetValues<DisturbanceLevel>().First(level => CountUpTo(level) >= FewestKept * whole);
        Kept = [.. boots.Select(boot => boot.Where(reading => IsUpTo(reading, Worst)).Select(reading => reading.Value).ToArray()).Where(boot => boot.Length > 0)];
        DisturbedKept = CountUpTo(Worst) - CountUpTo(DisturbanceLevel.None);
    }

    /// <summary>The readings that count, of the boots that have any.</summary>
    public IReadOnlyList<double[]> Kept { get; }

    public int Count => Kept.Sum(boot => boot.Length);

    public int LeftOut => _all.Length - Count;

    /// <summary>Readings that are no difference of a clock.</summary>
    public int ClockFaults { get; }

    public int DisturbedKept { get; }

    /// <summary>How badly the worst of the readings are disturbed that count.</summary>
    public DisturbanceLevel Worst { get; }

    /// <summary>Readings that a kind of disturbance came into, whether they count or not.</summary>
    public int CountOf(Disturbance kind) => _all.Count(reading => reading.Disturbed.HasFlag(kind) && (kind == Disturbance.Clock || !reading.IsClockFault));

    /// <summary>What came into the readings that are worse than <paramref name="level"/>, as <c>interrupt in 7, context-switch in 2</c>; empty where nothing did.</summary>
    public string Describe(DisturbanceLevel level)
    {
        var worse = _all.Where(reading => !reading.IsClockFault && !IsUpTo(reading, level)).ToList();
        return string.Join(", ", _kinds
            .Select(kind => (Kind: kind, Count: worse.Count(reading => reading.Disturbed.HasFlag(kind))))
            .Where(each => each.Count > 0)
            .Select(each => FormattableString.Invariant($"{DisturbanceNames.Format(each.Kind)} in {each.Count}")));
    }

    private int CountUpTo(DisturbanceLevel level) => _all.Count(reading => IsUpTo(reading, level));

    private static bool IsUpTo(Reading reading, DisturbanceLevel level) => !reading.IsClockFault && LevelOf(reading.Disturbed) <= level;

    private static DisturbanceLevel LevelOf(Disturbance disturbed) => disturbed switch
    {
        Disturbance.None => DisturbanceLevel.None,
        Disturbance.Interrupt => DisturbanceLevel.Ticks,
        _ => DisturbanceLevel.Absence,
    };
}
