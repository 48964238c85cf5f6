using System.Globalization;
using SyscallBench.Model;

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
