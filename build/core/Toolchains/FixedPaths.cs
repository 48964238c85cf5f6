namespace SyscallBench.Toolchains;

/// <summary>The paths that end up in compiled files (<c>__FILE__</c>, debug information), wherever they were compiled.</summary>
public static class FixedPaths
{
    public const string Output = "/out";

    public const string Cache = "/cache";

    public static string Source(string name) => $"/src/{name}";

    /// <summary>The compiler's option that turns the paths of one build into the fixed ones (GCC 8 and newer).</summary>
    public static IEnumerable<string> PrefixMaps(IBuildRoom room, params IEnumerable<string> sources)
    {
        // GCC tries the last option first, and the output folder may lie below a source folder.
        foreach (var name in sources)
            yield return $"-ffile-prefix-map={room.Source(name)}={Source(name)}";
        yield return $"-ffile-prefix-map={room.Output}={Output}";
    }
}
