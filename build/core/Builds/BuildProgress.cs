namespace SyscallBench.Builds;

/// <summary>How far a long build is.</summary>
/// <param name="Done">C files that were compiled.</param>
/// <param name="Total">How many there are in all; null where a build is gone on with.</param>
public sealed record BuildProgress(int Done, int? Total);
