using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Fidelity;

/// <summary>The whole comparison of our kernel with the distribution's.</summary>
public sealed record FidelityReport
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double DefaultLimit = 0.02;

    /// <summary>The distribution's kernel, for people: package and version.</summary>
    public required string Stock { get; init; }

    /// <summary>Ours: what it was built from, and with what besides the usual configuration.</summary>
    public required string Ours { get; init; }

    /// <summary>Every cell, in the order of the table.</summary>
    public required IReadOnlyList<FidelityResult> Results { get; init; }

    /// <inheritdoc cref="DefaultLimit"/>
    public double Limit { get; init; } = DefaultLimit;

    /// <summary>Cells that differ by more than <see cref="Limit"/>, the worst first.</summary>
    public IReadOnlyList<FidelityResult> Unfaithful =>
        [.. Results.Where(result => !result.IsWithin(Limit)).OrderByDescending(result => Math.Abs(result.Difference))];

    public bool IsFaithful => Unfaithful.Count == 0;

    /// <summary>The largest difference of all, whatever its sign.</summary>
    public FidelityResult Worst => Results.MaxBy(result => Math.Abs(result.Difference))!;

    /// <exception cref="UserError">A cell differs by more than the limit; the message names each.</exception>
    public void Require()
    {
        if (IsFaithful)
            return;
        var cells = string.Join("; ", Unfaithful.Select(result => $"{result.Cell}: {FidelityTable.Percent(result.Difference)}"));
        throw new UserError(string.Create(
            CultureInfo.InvariantCulture,
            $"the kernel is not faithful: {Unfaithful.Count} of {Results.Count} cells differ from {Stock} by more than {Limit * 100:0.#} % ({cells}); see linux/README.md"));
    }
}

/// <summary>One cell, measured in both kernels.</summary>
/// <param name="Cell">What was measured.</param>
/// <param name="Stock">The distribution's kernel.</param>
/// <param name="Ours">Ours.</param>
public sealed record FidelityResult(FidelityCell Cell, InstructionCount Stock, InstructionCount Ours)
{
    /// <summary>
    /// How much more ours costs, as a fraction of the stock kernel's cost; negative where ours flatters Linux. Of the net counts: the loop, the same for both, would
    /// make any difference look smaller.
    /// </summary>
    public double Difference => (Ours.Net - Stock.Net) / Stock.Net;

    public bool IsWithin(double limit) => Math.Abs(Difference) <= limit;
}

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
                Quantile.Median(clean.Select(sample => (sample.Scall - sample.Tsc) / sample.Iterations)),
                Quantile.Median(clean.Select(sample => (sample.Scall - sample.Empty) / sample.Iterations)),
                clean.Count,
                samples.Count);
    }
}
