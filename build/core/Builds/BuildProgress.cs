namespace SyscallBench.Builds;

/// <summary>How far a long build is.</summary>
/// <param name="Done">Steps that make has printed.</param>
/// <param name="Total">How many there were last time; null the first time.</param>
public sealed record BuildProgress(int Done, int? Total);
