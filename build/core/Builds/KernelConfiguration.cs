using System.Globalization;
using System.Text.RegularExpressions;
using SyscallBench.Model;

namespace SyscallBench.Builds;

/// <summary>
/// What a kernel is asked to be configured with: <c>base.config</c>, <c>faithful.config</c> and the series' own part, everything not listed as
/// allnoconfig has it.
/// </summary>
public sealed partial class KernelConfiguration
{
    private readonly string _series;

    /// <param name="folder">Has the fragments, <c>linux/config</c>.</param>
    /// <param name="series">The kernel's, such as <c>6.1</c>.</param>
    /// <param name="extra">A fragment of the user's that has the last word; null for none.</param>
    /// <exception cref="UserError">There is no fragment for a series as old as this.</exception>
    public KernelConfiguration(string folder, string series, string? extra = null)
    {
        var known = Directory.EnumerateFiles(folder, "faithful-*.config")
            .Select(path => Path.GetFileNameWithoutExtension(path)["faithful-".Length..])
            .OrderBy(Order)
            .ToList();
        _series = known.LastOrDefault(candidate => Order(candidate) <= Order(series))
            ?? throw new UserError($"Linux {series} is too old: linux/config has options for {string.Join(", ", known)}");
        IsExact = _series == series;
        var ours = new[] { "base", "faithful", "faithful-" + _series }.Select(name => Path.Combine(folder, name + ".config"));
        Fragments = [.. ours, .. extra is null ? (string[])[] : [extra]];
    }

    /// <summary>Absolute paths, later ones win.</summary>
    public IReadOnlyList<string> Fragments { get; }

    /// <summary>The fragments are for this series; otherwise they are the next older one's.</summary>
    public bool IsExact { get; }

    /// <summary>All fragments in one text.</summary>
    public string Text => string.Join('\n', Fragments.Select(File.ReadAllText));

    /// <summary>The options that a fragment sets or unsets, in one line.</summary>
    public static string OptionsOf(string fragment) => string.Join(", ", Last(fragment));

    /// <summary>Requested lines that the resulting .config does not have.</summary>
    public static IReadOnlyList<string> NotGranted(string requested, string resulting)
    {
        var granted = resulting.Split('\n').ToHashSet(StringComparer.Ordinal);
        return [.. Last(requested).Where(line => !granted.Contains(line) && !(line.EndsWith("is not set", StringComparison.Ordinal) && !IsSet(line, granted)))];
    }

    private static IEnumerable<string> Last(string requested) => requested.Split('\n')
        .Select(line => Option().Match(line))
        .Where(match => match.Success)
        .GroupBy(match => match.Groups[1].Value, match => match.Value.Trim())
        .Select(lines => lines.Last());

    private static bool IsSet(string notSet, HashSet<string> granted)
        => granted.Any(line => line.StartsWith(Option().Match(notSet).Groups[1].Value + '=', StringComparison.Ordinal));

    private static int Order(string series) => series.Split('.') is [var version, var patchlevel, ..]
        ? int.Parse(version, CultureInfo.InvariantCulture) * 1000 + int.Parse(patchlevel, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(@"^(?:# )?(CONFIG_\w+)(?:=.*| is not set\s*)$")]
    private static partial Regex Option();
}

/// <summary>The options that a kernel's source knows.</summary>
internal static partial class KernelOptions
{
    /// <summary>Those of some lines of a <c>.config</c> whose option the source declares, in whatever Kconfig file.</summary>
    /// <param name="tree">The source's folder.</param>
    /// <param name="lines">Lines such as <c>CONFIG_XEN=y</c> or <c># CONFIG_XEN is not set</c>.</param>
    public static IReadOnlyList<string> Declared(string tree, IReadOnlyList<string> lines)
    {
        var declared = Directory.EnumerateFiles(tree, "Kconfig*", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => Declaration().Match(line))
            .Where(match => match.Success)
            .Select(match => "CONFIG_" + match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        return [.. lines.Where(line => declared.Contains(NameIn(line)))];
    }

    // CONFIG_XEN=y, or # CONFIG_XEN is not set.
    private static string NameIn(string line) => line.TrimStart('#', ' ').Split('=', ' ')[0];

    // Documentation/kbuild/kconfig-language.rst, "Menu entries".
    [GeneratedRegex(@"^\s*(?:menu)?config\s+(\w+)")]
    private static partial Regex Declaration();
}
