using System.Text.RegularExpressions;

namespace SyscallBench.Machine;

/// <summary>Reads os-release(5): shell-like assignments, values bare or in quotes.</summary>
public static class OsRelease
{
    /// <summary>Every assignment, by name.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#')
                values[line[..equals]] = Unquote(line[(equals + 1)..]);
        }

        return values;
    }

    /// <summary>The name meant for people, such as <c>Debian GNU/Linux 12 (bookworm)</c>; null where the text has none.</summary>
    public static string? PrettyName(string text) =>
        Parse(text) is var values && values.TryGetValue("PRETTY_NAME", out var pretty) ? pretty : values.GetValueOrDefault("NAME");

    private static string Unquote(string value) => value switch
    {
        // A backslash keeps the next character as it is.
        ['"', .., '"'] => Regex.Replace(value[1..^1], @"\\(.)", "$1"),
        ['\'', .., '\''] => value[1..^1],
        _ => value,
    };
}
