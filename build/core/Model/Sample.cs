namespace SyscallBench.Model;

/// <summary>What spoilt a timed region, where the program could know it (bench-src/PROTOCOL.md, <c>round</c>); a sum of flags.</summary>
[Flags]
public enum Disturbance
{
    None = 0,

    /// <summary>An interrupt came inside the region.</summary>
    Interrupt = 1,

    /// <summary>A hypervisor ran something else on the CPU (steal time), in the round that the region belongs to.</summary>
    Steal = 2,

    /// <summary>The kernel that the program runs on switched to something else.</summary>
    ContextSwitch = 4,

    /// <summary>The program moved to another CPU.</summary>
    Migration = 8,

    /// <summary>The clock's difference is zero or negative.</summary>
    Clock = 16,
}

/// <summary>The clock differences of one round, in the clock's own ticks, nothing subtracted and nothing divided.</summary>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Round">Round of the boot, from 0.</param>
/// <param name="Iterations">Calls in each timed loop.</param>
/// <param name="Tsc">Two clock reads with nothing between.</param>
/// <param name="Empty">The bare loop.</param>
/// <param name="Scall">The loop of system calls.</param>
/// <param name="Fcall">The loop of function calls.</param>
public readonly record struct Sample(int Boot, int Round, long Iterations, long Tsc, long Empty, long Scall, long Fcall)
{
    /// <summary>
    /// The calls' values are per call already, in <c>1 / Iterations</c> ticks, with the clock's own cost subtracted by who printed them, and no empty
    /// loop was timed: the artifact's format.
    /// </summary>
    public bool PerCall { get; init; }

    /// <summary>What spoilt each region; <see cref="Disturbance.None"/> where it is clean or cannot be known.</summary>
    public Disturbance TscDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance EmptyDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance ScallDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance FcallDisturbed { get; init; }
}
