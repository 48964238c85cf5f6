namespace SyscallBench.Builds;

/// <summary>The folders of one build, absolute paths of the host.</summary>
public sealed record BuildPlaces
{
    /// <summary>What is built, as an error message names it: <c>the benchmark</c>.</summary>
    public required string What { get; init; }

    /// <summary>Source folders by name; commands may read them and no more.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>The one folder that may be written; it exists.</summary>
    public required string Output { get; init; }

    /// <summary>Where the commands and what they print are kept; started anew with each build.</summary>
    public required string Log { get; init; }

    /// <summary>Folder of the compiler cache; null for none.</summary>
    public string? Cache { get; init; }
}
