namespace SyscallBench.Builds;

/// <summary>How far a long build is.</summary>
/// <param name="Done">Files compiled.</param>
/// <param name="Total">How many there were last time; a typical number the first time.</param>
public sealed record BuildProgress(int Done, int Total);
