using System.Globalization;
using System.Text.RegularExpressions;

namespace SyscallBench.Sources;

/// <summary>A kernel's version as the first lines of its Makefile give it.</summary>
/// <param name="Version">6 of 6.1.192.</param>
/// <param name="Patchlevel">1 of 6.1.192.</param>
/// <param name="Sublevel">192 of 6.1.192.</param>
public sealed partial record KernelVersion(int Version, int Patchlevel, int Sublevel)
{
    /// <summary>What patches and configurations are chosen by: <c>6.1</c>.</summary>
    public string Series => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Patchlevel}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Patchlevel}.{Sublevel}");

    /// <summary>Reads a tree's version; null where it is no kernel tree.</summary>
    public static KernelVersion? Read(string tree)
    {
        var makefile = Path.Combine(tree, "Makefile");
        return File.Exists(makefile) && Directory.Exists(Path.Combine(tree, "arch", "x86")) ? Parse(File.ReadLines(makefile).Take(10)) : null;
    }

    /// <summary>Null where a line of the three is missing.</summary>
    public static KernelVersion? Parse(IEnumerable<string> lines)
    {
        var values = lines
            .Select(line => Assignment().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return values.TryGetValue("VERSION", out var version) && values.TryGetValue("PATCHLEVEL", out var patchlevel)
            ? new KernelVersion(version, patchlevel, values.GetValueOrDefault("SUBLEVEL"))
            : null;
    }

    [GeneratedRegex(@"^(VERSION|PATCHLEVEL|SUBLEVEL)\s*=\s*(\d+)\s*$")]
    private static partial Regex Assignment();
}
