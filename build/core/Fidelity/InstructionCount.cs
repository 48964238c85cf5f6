using SyscallBench.Model;

namespace SyscallBench.Fidelity;

/// <summary>What one call costs one kernel, in instructions: medians over the rounds that no interrupt hit.</summary>
/// <param name="Raw">One turn of the timed loop, the call and the loop's own instructions.</param>
/// <param name="Net">The call alone: the empty loop subtracted.</param>
/// <param name="CleanRounds">Rounds that count.</param>
/// <param name="Rounds">Rounds of the boot.</param>
public sealed record InstructionCount(double Raw, double Net, int CleanRounds, int Rounds)
{
    /// <summary>Null where an interrupt hit every round.</summary>
    public static InstructionCount? Of(IReadOnlyCollection<Sample> samples)
    {
        var clean = samples.Where(sample => sample is { EmptyDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None, PerCall: false }).ToList();
        return clean.Count == 0
            ? null
            : new InstructionCount(
                Median(clean.Select(sample => (sample.Scall - sample.Tsc) / sample.Iterations)),
                Median(clean.Select(sample => (sample.Scall - sample.Empty) / sample.Iterations)),
                clean.Count,
                samples.Count);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
