namespace SyscallBench.Model;

/// <summary>The clock differences of one round, in the clock's own ticks, nothing subtracted and nothing divided. Whole numbers, but for the artifact's.</summary>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Round">Round of the boot, from 0.</param>
/// <param name="Iterations">Calls in each timed loop.</param>
/// <param name="Tsc">Two clock reads with nothing between.</param>
/// <param name="Empty">The bare loop.</param>
/// <param name="Scall">The loop of system calls.</param>
/// <param name="Fcall">The loop of function calls.</param>
public readonly record struct Sample(int Boot, int Round, long Iterations, double Tsc, double Empty, double Scall, double Fcall)
{
    /// <summary>The artifact's format: calls are per call already (so there is one iteration), the clock's own cost is subtracted, and no empty loop was timed.</summary>
    public bool PerCall { get; init; }

    /// <summary>What disturbed each region; <see cref="Disturbance.None"/> where nothing did or nobody can know.</summary>
    public Disturbance TscDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance EmptyDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance ScallDisturbed { get; init; }

    /// <inheritdoc cref="TscDisturbed"/>
    public Disturbance FcallDisturbed { get; init; }
}
