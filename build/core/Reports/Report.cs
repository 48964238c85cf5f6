using SyscallBench.Results;
using SyscallBench.Samples;

namespace SyscallBench.Reports;

/// <summary>What exporters write from.</summary>
/// <param name="Document">Everything that results.json says.</param>
/// <param name="Samples">The samples behind the numbers, per platform, in the document's order; empty where only a document is at hand.</param>
public sealed record Report(ResultsDocument Document, IReadOnlyList<PlatformSamples> Samples);

/// <summary>The samples of one platform.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Samples">Boot by boot; may be enumerated several times, and need not be in memory.</param>
public sealed record PlatformSamples(string Platform, IEnumerable<Sample> Samples);
