namespace SyscallBench.Builds;

/// <summary>Where a container finds what it builds, wherever that lies on the host.</summary>
public static class FixedPaths
{
    public const string Output = "/out";

    public const string Cache = "/cache";

    public static string Source(string name) => $"/src/{name}";
}
