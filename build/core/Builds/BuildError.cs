using SyscallBench.Model;

namespace SyscallBench.Builds;

/// <summary>A build command failed.</summary>
public sealed class BuildError(BuildPlaces places, string cause, int exitCode)
    : UserError($"building {places.What} failed: {cause} (exit code {exitCode}); the whole log is {places.Log}");
