using System.Text.RegularExpressions;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Sources;

/// <summary>The source package of the machine's own Debian release, from the mirror that the machine itself uses. No root is needed.</summary>
/// <param name="workspace">Where downloads go.</param>
/// <param name="processes">Runs apt-cache and apt-get.</param>
/// <param name="osRelease">Text of <c>/etc/os-release</c>; null where there is none.</param>
public sealed partial class DebianKernels(Workspace workspace, IProcessRunner processes, string? osRelease)
{
    private const string Meta = "linux-source";

    private const string Remedy = "run apt-get update, or use --kernel=PATH with a kernel tree or image";

    private readonly AptPackages _packages = new(workspace, processes);

    /// <summary>The kernel of each Debian release, so that a package that was downloaded is found without asking apt.</summary>
    private static readonly Dictionary<string, string> _series = new() { ["11"] = "5.10", ["12"] = "6.1", ["13"] = "6.12" };

    /// <exception cref="UserError">This is no Debian, or apt cannot get the package.</exception>
    public async Task<DebianKernelPackage> GetAsync(Action<string>? say, CancellationToken cancellation)
    {
        var series = await SeriesAsync(cancellation);
        var name = $"{Meta}-{series}";
        if (_packages.Find(name) is not { } package)
        {
            say?.Invoke($"downloading {name} from this machine's Debian mirror");
            package = await _packages.DownloadAsync(new AptOffer(name), Remedy, cancellation);
        }

        return new DebianKernelPackage
        {
            Name = $"debian-{series}",
            Series = series,
            Pin = $"{name} {AptPackages.VersionOf(package)}",
            Package = package,
        };
    }

    private async Task<string> SeriesAsync(CancellationToken cancellation)
    {
        var release = OsRelease.Parse(osRelease ?? "");
        if (release.GetValueOrDefault("ID") is not "debian")
        {
            throw new UserError($"--kernel=debian needs Debian, and this is {release.GetValueOrDefault("PRETTY_NAME", "another system")}; "
                + "use --kernel=5.11, or --kernel=PATH with a kernel tree or image");
        }

        if (_series.TryGetValue(release.GetValueOrDefault("VERSION_ID", ""), out var known))
            return known;
        var depends = new List<string>();
        await processes.RunAsync(new ProcessRequest("apt-cache", "depends", Meta) { Deadline = TimeSpan.FromMinutes(1), OnLine = depends.Add }, cancellation);
        return depends.Select(line => Dependency().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            ?? throw new UserError($"this Debian has no package {Meta}; {Remedy}");
    }

    [GeneratedRegex(@"^\s*Depends: linux-source-(\S+)\s*$")]
    private static partial Regex Dependency();
}

/// <summary>Gets a kernel's source to this machine.</summary>
public sealed class KernelSources(Workspace workspace, DebianKernels debian, Downloader downloader)
{
    /// <param name="choice">Anything but an image.</param>
    /// <param name="say">Told what is about to be downloaded.</param>
    /// <param name="cancellation">A download goes on from where it was.</param>
    /// <exception cref="UserError">This is no Debian, or the source cannot be downloaded.</exception>
    public async Task<KernelSource> GetAsync(KernelChoice choice, Action<string>? say, CancellationToken cancellation) => choice.Kind switch
    {
        KernelKind.Debian => await debian.GetAsync(say, cancellation),
        KernelKind.Artifact => await ArtifactAsync(say, cancellation),
        KernelKind.Tree => Tree(choice.Path!),
        _ => throw new ArgumentException("an image has no source", nameof(choice)),
    };

    private async Task<KernelTarball> ArtifactAsync(Action<string>? say, CancellationToken cancellation) => new()
    {
        Name = "5.11",
        Series = "5.11",
        Pin = Pins.Linux511.FileName,
        Archive = await downloader.GetAsync(Pins.Linux511, workspace.Downloads, say, cancellation),
    };

    private static UserKernelTree Tree(string path)
    {
        var version = KernelVersion.Read(path) ?? throw new UserError($"{path} is no kernel tree any more");
        return new UserKernelTree { Name = "tree", Series = version.Series, Pin = $"{path} ({version})", Tree = path };
    }
}
