using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Something a check noticed about the machine.</summary>
/// <param name="Severity">How much it matters for what it affects.</param>
/// <param name="Affects">The measurements it matters for.</param>
/// <param name="Seen">What was seen, one sentence with its figures.</param>
public sealed record Diagnosis(Severity Severity, Measurement Affects, string Seen)
{
    /// <summary>Why that matters for the numbers, one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What to run or change; null where nothing can be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>As the results carry it.</summary>
    public Finding ToFinding() => new(Severity, "the machine", Seen, Remedy) { Why = Why };
}
