namespace SyscallBench.Doctor;

/// <summary>Finds out which packages the builds and boots lack on this machine.</summary>
public interface IPackageProbe
{
    Task<PackageState> ProbeAsync(CancellationToken cancellation);
}

/// <summary>What is missing.</summary>
/// <param name="Missing">Names of packages, as the machine's package manager calls them; empty where nothing is missing.</param>
/// <param name="Remedy">The command that installs them; null where nothing is missing or no command is known.</param>
public sealed record PackageState(IReadOnlyList<string> Missing, string? Remedy);
