using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using SyscallBench.Processes;

namespace SyscallBench.Sources;

/// <summary>Packages as files, from the mirror that the machine itself uses. Nothing is installed, and no root is needed.</summary>
/// <param name="workspace">Where downloads go.</param>
/// <param name="processes">Runs apt-get.</param>
public sealed partial class AptPackages(Workspace workspace, IProcessRunner processes)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    private readonly DebianSuites _suites = new(workspace, processes);

    /// <summary>Absolute path of a package that is there already and whole, the newest; null where there is none.</summary>
    /// <param name="name">The package's name.</param>
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
    /// <param name="say">Told before lists are downloaded.</param>
    /// <param name="cancellation">Ends apt.</param>
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

    /// <param name="offer">What to download.</param>
    /// <param name="remedy">What to do when it cannot be had.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>Absolute path of the .deb.</returns>
    /// <exception cref="UnreachableError">apt-get cannot get it.</exception>
    public async Task<string> DownloadAsync(AptOffer offer, string remedy, CancellationToken cancellation)
    {
        var name = offer.Name;
        // apt writes under its final name from the start: the rename tells whole files from parts.
        var part = Path.Combine(workspace.Downloads, name + ".part");
        try
        {
            Directory.CreateDirectory(part);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, part);
        }

        var lines = new List<string>();
        var what = offer.Version.Length == 0 ? name : $"{name}={offer.Version}";
        var download = DebianSuites.Apt(offer.Configuration, "apt-get", "download", "--quiet=2", what) with { WorkingDirectory = part, Deadline = _patience, OnLine = lines.Add };
        if (!(await processes.RunAsync(download, cancellation)).InTime().Succeeded)
        {
            var why = lines.LastOrDefault(line => line.StartsWith("E:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "apt-get said nothing";
            throw new UnreachableError($"cannot download {what}: {why}; {remedy}");
        }

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
        var found = new List<string>();
        await AskAsync(found, "pkgnames", "linux-");
        string[] candidates = [.. found.Where(name => names.IsMatch(name)).Distinct().Order(StringComparer.Ordinal)];
        var lines = new List<string>();
        if (candidates.Length > 0)
            await AskAsync(lines, ["madison", .. candidates]);
        return [.. lines.Select(line => Offer().Match(line)).Where(match => match.Success).Select(match => new AptOffer(match.Groups[1].Value, match.Groups[2].Value, configuration)).Distinct()];

        Task AskAsync(List<string> answer, params string[] question) =>
            processes.RunAsync(DebianSuites.Apt(configuration, "apt-cache", question) with { Deadline = TimeSpan.FromMinutes(5), OnLine = answer.Add }, cancellation);
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
/// <param name="Name">The package's name.</param>
/// <param name="Version">Empty for the one that apt would install.</param>
/// <param name="Configuration">apt's configuration that knows it; null for the machine's own.</param>
public sealed record AptOffer(string Name, string Version = "", string? Configuration = null);

/// <summary>A kernel release that no suite of the mirror has.</summary>
/// <param name="release">What was asked for.</param>
/// <param name="there">The series that can be had.</param>
public sealed class UnknownReleaseError(string release, IReadOnlyList<string> there)
    : UserError($"no suite of this machine's Debian mirror has a kernel {release}; there are {string.Join(", ", there)}");

/// <summary>Versions of packages in dpkg's order (deb-version(7)): 6.1.192 is newer than 6.1.99, and 1.0~rc1 older than 1.0.</summary>
public static class DebianVersion
{
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    private static int Compare(string first, string second)
    {
        var (a, b) = (Split(first), Split(second));
        return Part(a.Epoch, b.Epoch) is not 0 and var epoch ? epoch
            : Part(a.Upstream, b.Upstream) is not 0 and var upstream ? upstream
            : Part(a.Revision, b.Revision);
    }

    private static (string Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var rest = version[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return (colon < 0 ? "0" : version[..colon], dash < 0 ? rest : rest[..dash], dash < 0 ? "0" : rest[(dash + 1)..]);
    }

    // Text and numbers take turns; a number is compared as one.
    private static int Part(string first, string second)
    {
        var (i, j) = (0, 0);
        while (i < first.Length || j < second.Length)
        {
            while (Weight(first, i) is var a && Weight(second, j) is var b && (a != 0 || b != 0))
            {
                if (a != b)
                    return a - b;
                (i, j) = (i + 1, j + 1);
            }

            var difference = BigInteger.Compare(Number(first, ref i), Number(second, ref j));
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    // A tilde is before the end, letters before everything else.
    private static int Weight(string text, int at) => at >= text.Length || char.IsAsciiDigit(text[at]) ? 0
        : text[at] == '~' ? -1
        : char.IsAsciiLetter(text[at]) ? text[at]
        : text[at] + 256;

    private static BigInteger Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return start == at ? BigInteger.Zero : BigInteger.Parse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
