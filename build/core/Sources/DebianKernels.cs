using System.Text.RegularExpressions;
using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Sources;

/// <summary>Debian's source packages of Linux, from the mirror that the machine itself uses. No root is needed.</summary>
/// <param name="osRelease">Text of <c>/etc/os-release</c>; null where there is none.</param>
public sealed partial class DebianKernels(Workspace workspace, IProcessRunner processes, string? osRelease)
{
    private const string Meta = "linux-source";

    private const string Remedy = "run apt-get update, or use --kernel=PATH with a kernel tree or image";

    // The kernel of each Debian release, so that a package that was downloaded is found without asking apt.
    private static readonly Dictionary<string, string> _series = new() { ["11"] = "5.10", ["12"] = "6.1", ["13"] = "6.12" };

    private readonly AptPackages _packages = new(workspace, processes);

    /// <summary>The series of a Debian release; null for another system, and for a release that is not known.</summary>
    /// <param name="osRelease">Text of <c>/etc/os-release</c>; null where there is none.</param>
    public static string? SeriesOf(string? osRelease) =>
        OsRelease.Parse(osRelease ?? "") is var release && release.GetValueOrDefault("ID") is "debian" ? _series.GetValueOrDefault(release.GetValueOrDefault("VERSION_ID", "")) : null;

    /// <param name="series"><c>6.12</c>; null for the one of the machine's own release.</param>
    /// <exception cref="UnknownReleaseError">No suite of the mirror has the series.</exception>
    /// <exception cref="UserError">This is no Debian, or apt cannot get the package.</exception>
    public async Task<DebianKernelPackage> GetAsync(string? series, Action<string>? say, CancellationToken cancellation)
    {
        series ??= await OwnSeriesAsync(cancellation);
        var package = Find(series) ?? await _packages.DownloadAsync(await OfferAsync(series, say, cancellation), Remedy, say, cancellation);
        return new DebianKernelPackage(series, package);
    }

    /// <summary>The newest package of a series: of the machine's own release, or of all that the mirror has.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<AptOffer> OfferAsync(string series, Action<string>? say, CancellationToken cancellation) => _packages.NewestAsync(Names(), series, say, cancellation);

    /// <summary>The package that is there already; null where there is none.</summary>
    public string? Find(string series) => _packages.Find($"{Meta}-{series}");

    private async Task<string> OwnSeriesAsync(CancellationToken cancellation)
    {
        var release = OsRelease.Parse(osRelease ?? "");
        if (release.GetValueOrDefault("ID") is not "debian")
        {
            throw new UserError($"--kernel=debian needs Debian, and this is {release.GetValueOrDefault("PRETTY_NAME", "another system")}; "
                + "use --kernel=5.11, or --kernel=PATH with a kernel tree or image");
        }

        if (SeriesOf(osRelease) is { } known)
            return known;
        var depends = await processes.RunAsync(new ProcessRequest("apt-cache", "depends", Meta) { Deadline = TimeSpan.FromMinutes(1) }, cancellation);
        return depends.OutputTail.Select(line => Dependency().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            ?? throw new UserError($"this Debian has no package {Meta}; {Remedy}");
    }

    [GeneratedRegex(@"^\s*Depends: linux-source-(\S+)\s*$")]
    private static partial Regex Dependency();

    [GeneratedRegex(@"^linux-source-\d+\.\d+\z")]
    private static partial Regex Names();
}
