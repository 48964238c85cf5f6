namespace SyscallBench.Statistics;

/// <summary>Seeds for the parts of an analysis: each part gets its own numbers, whatever other parts there are.</summary>
internal static class SeedOf
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a of the name, started from the seed of the whole.</summary>
    public static ulong Part(ulong seed, string name)
    {
        var hash = OffsetBasis ^ seed;
        foreach (var character in name)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
