using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Everything that a results document is made from.</summary>
public sealed record ResultsRequest
{
    /// <summary><c>kvm</c>, <c>tcg</c> or <c>tcg-noicount</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Unit of the guests.</summary>
    public required Unit Unit { get; init; }

    /// <summary>Every platform asked for, measured or not, in the order of the table.</summary>
    public required IReadOnlyList<PlatformInput> Platforms { get; init; }

    /// <summary>Clocks and guests are filled in from the platforms.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What was noticed before: by Run, by the examination of the machine.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
