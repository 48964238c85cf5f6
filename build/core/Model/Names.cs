using System.Text.Json;

namespace SyscallBench.Model;

/// <summary>The names of enumerations' members, as files, tables and arguments use them: lower case, words joined by hyphens.</summary>
public static class Names
{
    public static string Name<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
