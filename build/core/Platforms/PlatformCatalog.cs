using SyscallBench.Sources;

namespace SyscallBench.Platforms;

/// <summary>Every platform there is: those that have a class each, in the order of a table, and families, of which a name says all.</summary>
/// <param name="guests">What guest files describe.</param>
public sealed class PlatformCatalog(IReadOnlyList<Platform>? guests = null)
{
    private const string FamilyNames = "stock-<release>, stock-<release>-nomitig";

    public static LinuxPlatform Linux { get; } = new(Mitigations.On);

    public static LinuxPlatform LinuxWithoutMitigations { get; } = new(Mitigations.Off);

    public static UnikraftPlatform Unikraft { get; } = new(Pins.Unikraft);

    public static FloorPlatform Floor { get; } = new(ring: 3);

    /// <summary>All that have a class each, and what guest files describe.</summary>
    public IReadOnlyList<Platform> All { get; } =
    [
        new FloorPlatform(ring: 0),
        Floor,
        Unikraft,
        new UnikraftPlatform(Pins.Unikraft017),
        LinuxWithoutMitigations,
        Linux,
        new HostPlatform(),
        .. guests ?? [],
    ];

    /// <summary>Those that others are compared with: what people ask first, what the mitigations hide, what no protected kernel can beat.</summary>
    public IReadOnlyList<Platform> Bases =>
        [.. All.Where(platform => platform.IsBase).OrderBy(platform => platform.Role).ThenBy(platform => platform.Mitigations)];

    /// <summary>The platform of a name; null for one that this program does not know, in somebody else's file for example.</summary>
    public Platform? Find(string name) =>
        All.FirstOrDefault(platform => string.Equals(platform.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? StockPlatform.Find(name);

    /// <summary>Names of the platforms that boot an image.</summary>
    public IReadOnlyList<string> Using(Image image) => [.. All.Where(platform => platform.Images.Contains(image)).Select(platform => platform.Name)];

    /// <summary>
    /// The platforms of an argument, names separated by commas, without repeats: first those that have a class each, in the catalogue's order, then others as named. Those that are
    /// measured where nobody says for null.
    /// </summary>
    /// <exception cref="UsageError">A name is none of a platform.</exception>
    public IReadOnlyList<Platform> Select(string? names)
    {
        if (names is null)
            return [.. All.Where(platform => platform.IsDefault)];

        var asked = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var valid = string.Join(", ", [.. All.Select(platform => platform.Name), FamilyNames]);
        if (asked.FirstOrDefault(name => Find(name) is null) is { } unknown)
            throw new UsageError($"--platforms={names}: there is no platform {unknown}; the platforms are {valid}");
        return asked.Length == 0
            ? throw new UsageError($"--platforms=: names no platform; the platforms are {valid}")
            : [.. asked.Select(name => Find(name)!).DistinctBy(platform => platform.Name).OrderBy(platform => All.Contains(platform) ? All.ToList().IndexOf(platform) : All.Count)];
    }
}
