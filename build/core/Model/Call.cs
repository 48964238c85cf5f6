using System.Text.Json;

namespace SyscallBench.Model;

/// <summary>What is called in a timed loop. The lower-case name is what files and tables say.</summary>
public enum Call
{
    /// <summary>The two clock reads themselves, nothing between.</summary>
    Tsc,

    Empty,

    Fcall,

    Scall,
}

/// <summary>What a number counts. Units are never mixed in one column, compared with each other or converted.</summary>
public enum Unit
{
    /// <summary>TSC ticks, under KVM and on the host.</summary>
    Cycles,

    /// <summary>Guest instructions, under TCG with instruction counting.</summary>
    Instructions,
}

/// <summary>The names of enumerations' members, as files, tables and arguments use them: lower case, words joined by hyphens.</summary>
public static class Names
{
    public static string Name<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
