using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>How badly a reading was spoilt, best first.</summary>
internal enum DisturbanceLevel
{
    /// <summary>Not, as far as the program could see.</summary>
    None,

    /// <summary>By interrupts alone: the longer a loop, the surer a tick, and whoever runs as long pays for ticks too.</summary>
    Ticks,

    /// <summary>The CPU was somebody else's for a while, or another one. No call costs that.</summary>
    Absence,
}

/// <summary>Sorts what is seen.</summary>
internal static class DisturbanceLevels
{
    public static DisturbanceLevel Of(Disturbance spoilt) => spoilt switch
    {
        Disturbance.None => DisturbanceLevel.None,
        Disturbance.Interrupt => DisturbanceLevel.Ticks,
        _ => DisturbanceLevel.Absence,
    };
}
