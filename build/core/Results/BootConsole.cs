namespace SyscallBench.Results;

/// <summary>The console log of one boot.</summary>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Path">The log.</param>
/// <param name="Source">How messages name it, if not by its path.</param>
public sealed record BootConsole(int Boot, string Path, string? Source = null);
