using System.Text;
using System.Text.RegularExpressions;
using SyscallBench.Processes;

namespace SyscallBench.Sources;

/// <summary>Packages as files, from the mirror that the machine itself uses. Nothing is installed, and no root is needed.</summary>
public sealed partial class AptPackages(Workspace workspace, IProcessRunner processes)
{
    private readonly DebianSuites _suites = new(workspace, processes);

    /// <summary>Absolute path of a package that is there already and whole, the newest; null where there is none.</summary>
    /// <param name="version">Null for any.</param>
    public string? Find(string name, string? version = null) => Directory.Exists(workspace.Downloads)
        ? Directory.EnumerateFiles(workspace.Downloads, $"{name}_*.deb")
            .Where(path => (version is null || VersionOf(path) == version) && IsWhole(path))
            .OrderBy(VersionOf, DebianVersion.Order)
            .LastOrDefault()
        : null;

    /// <summary>The newest package of a kernel release: of the machine's own Debian release, or, where that has none, of every one that its mirror has.</summary>
    /// <param name="names">The packages in question; of equal versions the first name is taken.</param>
    /// <param name="release"><c>6.12</c>, <c>6.12.117</c> or <c>6.12.117-1</c>.</param>
    /// <exception cref="UnknownReleaseError">No suite has one.</exception>
    /// <exception cref="UnreachableError">The other suites' lists cannot be had.</exception>
    public async Task<AptOffer> NewestAsync(Regex names, string release, Action<string>? say, CancellationToken cancellation)
    {
        if (Newest(await OffersAsync(names, configuration: null, cancellation)) is { } own)
            return own;
        var offers = await OffersAsync(names, await _suites.ConfigureAsync(say, cancellation), cancellation);
        return Newest(offers) ?? throw new UnknownReleaseError(release, [.. offers.Select(offer => SeriesOf(offer.Version)).Distinct().Order(DebianVersion.Order)]);

        AptOffer? Newest(IEnumerable<AptOffer> all) => all
            .Where(offer => IsOf(release, offer.Version))
            .OrderByDescending(offer => offer.Version, DebianVersion.Order)
            .ThenBy(offer => offer.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Whether a package's version is of a release: 6.1.192-2 is of 6.1, 6.1.192 and 6.1.192-2, and not of 6.1.19.</summary>
    public static bool IsOf(string release, string version) =>
        version.StartsWith(release, StringComparison.Ordinal) && (version.Length == release.Length || version[release.Length] is '.' or '-' or '~' or '+');

    /// <param name="remedy">What to do when it cannot be had.</param>
    /// <returns>Absolute path of the .deb.</returns>
    /// <exception cref="UnreachableError">apt-get cannot get it.</exception>
    public async Task<string> DownloadAsync(AptOffer offer, string remedy, Action<string>? say, CancellationToken cancellation)
    {
        say?.Invoke($"downloading {offer.Name} {offer.Version} from this machine's Debian mirror");
        // apt writes under its final name from the start: the rename tells whole files from parts.
        var part = Path.Combine(workspace.Downloads, offer.Name + ".part");
        DiskError.Guard(part, () => Directory.CreateDirectory(part));

        var what = offer.Version.Length == 0 ? offer.Name : $"{offer.Name}={offer.Version}";
        var download = DebianSuites.Apt(offer.Configuration, "apt-get", "download", "--quiet=2", what) with { WorkingDirectory = part };
        var result = (await processes.RunAsync(download, cancellation)).InTime();
        if (!result.Succeeded)
            throw new UnreachableError($"cannot download {what}: {result.Cause}; {remedy}");

        var made = Directory.EnumerateFiles(part, "*.deb").Single();
        var package = Path.Combine(workspace.Downloads, Path.GetFileName(made));
        File.Move(made, package, overwrite: true);
        Directory.Delete(part, recursive: true);
        return package;
    }

    /// <summary>Version of a downloaded package by its name, <c>name_version_architecture.deb</c>, in which a colon is written %3a.</summary>
    public static string VersionOf(string package) => Path.GetFileName(package).Split('_') is [_, var version, ..] ? Uri.UnescapeDataString(version) : "";

    /// <summary><c>6.12</c> of 6.12.117-1.</summary>
    private static string SeriesOf(string version) => string.Join('.', version.Split('.', '-', '~', '+').Take(2));

    private async Task<IReadOnlyList<AptOffer>> OffersAsync(Regex names, string? configuration, CancellationToken cancellation)
    {
        var candidates = (await AskAsync("pkgnames", "linux-")).Where(name => names.IsMatch(name)).Distinct().Order(StringComparer.Ordinal).ToList();
        var lines = candidates.Count > 0 ? await AskAsync(["madison", .. candidates]) : [];
        return [.. lines.Select(line => Offer().Match(line)).Where(match => match.Success).Select(match => new AptOffer(match.Groups[1].Value, match.Groups[2].Value, configuration)).Distinct()];

        Task<IReadOnlyList<string>> AskAsync(params string[] question) =>
            _suites.LinesAsync(DebianSuites.Apt(configuration, "apt-cache", question), cancellation);
    }

    // "linux-image-6.1.0-56-cloud-amd64 |  6.1.192-2 | http://… Packages"
    [GeneratedRegex(@"^\s*(\S+)\s*\|\s*(\S+)\s*\|")]
    private static partial Regex Offer();

    /// <summary>Whether the members that a package announces are all there (deb(5), ar(5)): one that was cut is downloaded again.</summary>
    private static bool IsWhole(string package)
    {
        const int HeaderLength = 60;
        using var stream = File.OpenRead(package);
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header.AsSpan(0, 8), 8, throwOnEndOfStream: false) < 8 || !header.AsSpan(0, 8).SequenceEqual("!<arch>\n"u8))
            return false;
        while (stream.Position < stream.Length)
        {
            if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
                || !long.TryParse(Encoding.ASCII.GetString(header, 48, 10), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size)
                || size > stream.Length - stream.Position)
            {
                return false;
            }

            // Members start at even offsets.
            stream.Position += size + (size & 1);
        }

        return true;
    }
}

/// <summary>A package that can be had.</summary>
/// <param name="Version">Empty for the one that apt would install.</param>
/// <param name="Configuration">apt's configuration that knows it; null for the machine's own.</param>
public sealed record AptOffer(string Name, string Version = "", string? Configuration = null);

/// <summary>A kernel release that no suite of the mirror has.</summary>
public sealed class UnknownReleaseError(string release, IReadOnlyList<string> there)
    : UserError($"no suite of this machine's Debian mirror has a kernel {release}; there are {string.Join(", ", there)}");

/// <summary>Versions of packages in dpkg's order (deb-version(7)): 6.1.192 is newer than 6.1.99, and 1.0~rc1 older than 1.0.</summary>
public static partial class DebianVersion
{
    // A tilde is before the end of a part.
    private const char Tilde = '\u0001';
    private const char End = '\u0002';

    public static IComparer<string> Order { get; } = Comparer<string>.Create((first, second) => string.CompareOrdinal(Key(first), Key(second)));

    // A text that sorts as the version does: numbers all of one width, letters before everything else.
    private static string Key(string version)
    {
        var dash = version.LastIndexOf('-');
        var (upstream, revision) = dash < 0 ? (version, "0") : (version[..dash], version[(dash + 1)..]);
        var epoch = version.Contains(':', StringComparison.Ordinal) ? "" : "0:";
        var padded = Number().Replace($"{epoch}{upstream}{End}{revision}{End}", number => number.Value.TrimStart('0').PadLeft(20, '0'));
        return string.Concat(padded.Select(Weight));
    }

    private static char Weight(char character) => character == '~' ? Tilde
        : character == End || char.IsAsciiLetterOrDigit(character) ? character
        : (char)(character + 256);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
