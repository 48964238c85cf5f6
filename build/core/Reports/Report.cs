using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What exporters write from.</summary>
/// <param name="document">Everything that results.json says.</param>
/// <param name="samples">The samples behind the numbers, per platform, in the document's order; empty where only a document is at hand.</param>
public sealed class Report(ResultsDocument document, IReadOnlyList<PlatformSamples> samples)
{
    private IReadOnlyList<CallDistribution>? _distributions;

    public ResultsDocument Document => document;

    public IReadOnlyList<PlatformSamples> Samples => samples;

    /// <summary>
    /// How the system calls of each platform spread. Made once, in one pass over the samples: there may be millions, on disk, and several files show the same.
    /// </summary>
    public IReadOnlyList<CallDistribution> Distributions => _distributions ??= CallDistribution.All(this);
}

/// <summary>The samples of one platform.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Samples">Boot by boot.</param>
public sealed record PlatformSamples(string Platform, IEnumerable<Sample> Samples)
{
    /// <summary>What a tick of them is; null where only samples are at hand.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Name of the setting that they were measured in.</summary>
    public string? Setting { get; init; }
}
