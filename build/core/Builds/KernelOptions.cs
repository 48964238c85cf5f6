using System.Text.RegularExpressions;

namespace SyscallBench.Builds;

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
