namespace SyscallBench.Model;

/// <summary>The clock differences of one round, in the clock's own ticks, nothing subtracted and nothing divided. Whole numbers, but for the artifact's.</summary>
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

    public Disturbance EmptyDisturbed { get; init; }

    public Disturbance ScallDisturbed { get; init; }

    public Disturbance FcallDisturbed { get; init; }
}

/// <summary>Closed interval, written as <c>[low, high]</c>.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>A median, and what a bootstrap knows of it.</summary>
/// <param name="Ci95">95 % interval of the median; null where there is a single reading.</param>
/// <param name="Resampled">Medians of the resamples, in the order they were drawn; null where there is a single reading.</param>
public sealed record Estimate(double Median, Interval? Ci95, double[]? Resampled);
