using System.Text.RegularExpressions;

namespace SyscallBench.Builds;

/// <summary>What a kernel is asked for: <c>base.config</c>, <c>faithful.config</c> and its series' part; all else is as allnoconfig has it.</summary>
public sealed partial class KernelConfiguration
{
    /// <param name="folder">Has the fragments, <c>linux/config</c>.</param>
    /// <param name="extra">A fragment of the user's that has the last word; null for none.</param>
    /// <exception cref="UserError">There is no fragment for a series as old as this.</exception>
    public KernelConfiguration(string folder, string series, string? extra = null)
    {
        var known = Directory.EnumerateFiles(folder, "faithful-*.config")
            .Select(path => Path.GetFileNameWithoutExtension(path)["faithful-".Length..])
            .OrderBy(Version.Parse)
            .ToList();
        var nearest = known.LastOrDefault(candidate => Version.Parse(candidate) <= Version.Parse(series))
            ?? throw new UserError($"Linux {series} is too old: linux/config has options for {string.Join(", ", known)}");
        IsExact = nearest == series;
        var ours = new[] { "base", "faithful", "faithful-" + nearest }.Select(name => Path.Combine(folder, name + ".config"));
        Fragments = [.. ours, .. extra is null ? (string[])[] : [extra]];
        Selects = Path.Combine(folder, "Kconfig.select");
    }

    /// <summary>Absolute paths, later ones win.</summary>
    public IReadOnlyList<string> Fragments { get; }

    /// <summary>Absolute path of what is appended to the kernel's own Kconfig.</summary>
    public string Selects { get; }

    /// <summary>The fragments are for this series; otherwise they are the next older one's.</summary>
    public bool IsExact { get; }

    public string Text => string.Join('\n', Fragments.Select(File.ReadAllText));

    /// <summary>The options that a fragment sets or unsets, in one line.</summary>
    public static string OptionsOf(string fragment) => string.Join(", ", Options(fragment).Values);

    /// <summary>Requested lines that the resulting .config does not have.</summary>
    public static IReadOnlyList<string> NotGranted(string requested, string resulting)
    {
        var granted = Options(resulting);
        return
        [
            .. Options(requested)
                .Where(option => granted.GetValueOrDefault(option.Key, $"# {option.Key} is not set") != option.Value)
                .Select(option => option.Value),
        ];
    }

    // Each option's last line.
    private static Dictionary<string, string> Options(string configuration) => configuration.Split('\n')
        .Select(line => Option().Match(line))
        .Where(match => match.Success)
        .GroupBy(match => match.Groups["name"].Value, match => match.Value.Trim())
        .ToDictionary(lines => lines.Key, lines => lines.Last());

    // A comment that only looks like a request, "# CONFIG_X=y", is a comment.
    [GeneratedRegex(@"^(?:(?<name>CONFIG_\w+)=.*|# (?<name>CONFIG_\w+) is not set\s*)$")]
    private static partial Regex Option();
}

/// <summary>The options that a kernel's source knows, and what each depends on.</summary>
internal sealed partial class KernelOptions
{
    private readonly Dictionary<string, List<string>> _conditions = new(StringComparer.Ordinal);

    public KernelOptions(string tree)
    {
        foreach (var file in Directory.EnumerateFiles(tree, "Kconfig*", SearchOption.AllDirectories))
        {
            if (Path.GetRelativePath(tree, file).Split('/') is not ["arch", not "x86", ..])
                Read(file);
        }
    }

    /// <param name="line"><c>CONFIG_XEN=y</c> or <c># CONFIG_XEN is not set</c>.</param>
    public bool Knows(string line) => _conditions.ContainsKey(NameIn(line));

    /// <summary>The line, with those conditions of its option that a configuration does not meet.</summary>
    public string WithNeeds(string line, string configuration)
    {
        var set = configuration.Split('\n').Where(each => each.StartsWith("CONFIG_", StringComparison.Ordinal)).Select(NameIn).ToHashSet(StringComparer.Ordinal);
        var unmet = _conditions.GetValueOrDefault(NameIn(line), []).SelectMany(condition => Split(condition, "&&")).Where(part => !Holds(part, set)).Distinct().ToList();
        return unmet.Count == 0 ? line : $"{line} (it needs {string.Join(" && ", unmet)})";
    }

    // Documentation/kbuild/kconfig-language.rst. Blocks add their condition to every option in them.
    private void Read(string file)
    {
        var blocks = new Stack<List<string>>();
        List<string>? conditions = null;
        foreach (var line in File.ReadLines(file))
        {
            if (Declaration().Match(line) is { Success: true } option)
                _conditions[option.Groups[1].Value] = conditions = [.. blocks.SelectMany(block => block)];
            else if (Block().Match(line) is { Success: true } block)
                blocks.Push(conditions = block.Groups[1].Value is "if" ? [block.Groups[2].Value.Trim()] : []);
            else if (EndOfBlock().IsMatch(line))
                blocks.TryPop(out _);
            else if (Dependency().Match(line) is { Success: true } dependency)
                conditions?.Add(dependency.Groups[1].Value.Trim());
        }
    }

    private static bool Holds(string expression, HashSet<string> set)
    {
        var text = expression.Trim();
        if (Split(text, "||") is { Count: > 1 } either)
            return either.Any(part => Holds(part, set));
        if (Split(text, "&&") is { Count: > 1 } both)
            return both.All(part => Holds(part, set));
        if (text.StartsWith('!'))
            return !Holds(text[1..], set);
        if (text is ['(', .. var inner, ')'])
            return Holds(inner, set);
        // Comparisons, and what make is asked, are not looked into.
        return !Symbol().IsMatch(text) || text is "y" || set.Contains(text);
    }

    // At the operator, outside parentheses.
    private static List<string> Split(string expression, string between)
    {
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var at = 0; at < expression.Length; at++)
        {
            depth += expression[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0 && string.CompareOrdinal(expression, at, between, 0, between.Length) == 0)
            {
                parts.Add(expression[start..at].Trim());
                start = at + between.Length;
            }
        }

        return [.. parts, expression[start..].Trim()];
    }

    private static string NameIn(string line) => line.TrimStart('#', ' ').Split('=', ' ')[0]["CONFIG_".Length..];

    [GeneratedRegex(@"^\s*(?:menu)?config\s+(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(if|menu|choice)\b(.*)$")]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?:endif|endmenu|endchoice)\b")]
    private static partial Regex EndOfBlock();

    [GeneratedRegex(@"^\s+depends on (.*)$")]
    private static partial Regex Dependency();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Symbol();
}
