using SyscallBench.Model;

namespace SyscallBench.Platforms;

/// <summary>Every platform there is, in the order of a table.</summary>
public sealed class PlatformCatalog
{
    /// <summary>All platforms.</summary>
    public IReadOnlyList<Platform> All { get; } =
    [
        new FloorRing0Platform(),
        new FloorRing3Platform(),
        new UnikraftPlatform(),
        new LinuxNoMitigationsPlatform(),
        new LinuxDefaultPlatform(),
        new HostPlatform(),
    ];

    /// <summary>
    /// The platforms of an argument, names separated by commas, in the catalogue's order and without repeats; all of them for null.
    /// </summary>
    /// <exception cref="UsageError">A name is none of a platform.</exception>
    public IReadOnlyList<Platform> Select(string? names)
    {
        if (names is null)
            return All;

        var asked = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var valid = string.Join(", ", All.Select(platform => platform.Name));
        if (asked.FirstOrDefault(name => All.All(platform => platform.Name != name)) is { } unknown)
            throw new UsageError($"--platforms={names}: there is no platform {unknown}; the platforms are {valid}");
        return asked.Length == 0
            ? throw new UsageError($"--platforms=: names no platform; the platforms are {valid}")
            : [.. All.Where(platform => asked.Contains(platform.Name))];
    }
}
