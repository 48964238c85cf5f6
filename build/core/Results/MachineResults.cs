namespace SyscallBench.Results;

/// <summary>One machine among several whose results were merged.</summary>
public sealed record MachineResults
{
    /// <summary>As <see cref="ResultSetting.Machine"/> of its rows.</summary>
    public required string Name { get; init; }

    /// <summary>Why it has no rows, or why they are not of the last run; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Where its numbers come from; null where it has none.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What Doctor said of it for what was measured: <c>fit</c>, <c>fit-with-care</c>, <c>not-fit</c>; null where nobody asked.</summary>
    public string? Grade { get; init; }

    /// <summary>Its own numbers beside the published ones.</summary>
    public IReadOnlyList<MachineVerdict> Paper { get; init; } = [];
}

/// <summary>What one machine says about one published ratio.</summary>
/// <param name="Ratio">As measured there; null where a row is missing.</param>
public sealed record MachineVerdict(string Claim, double? Ratio, Outcome Outcome, string Reason);
