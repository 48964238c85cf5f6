using System.Text.RegularExpressions;
using SyscallBench.Fingerprints;
using SyscallBench.Machine;
using SyscallBench.Toolchains;

namespace SyscallBench.Sources;

/// <summary>The source package of the machine's own Debian release, from the mirror that the machine itself uses. No root is needed.</summary>
/// <param name="workspace">Where downloads go.</param>
/// <param name="commands">Runs apt-cache and apt-get.</param>
/// <param name="osRelease">Text of <c>/etc/os-release</c>; null where there is none.</param>
public sealed partial class DebianKernels(Workspace workspace, ICommandRunner commands, string? osRelease)
{
    private const string Meta = "linux-source";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    /// <summary>The kernel of each Debian release, so that a package that was downloaded is found without asking apt.</summary>
    private static readonly Dictionary<string, string> _series = new() { ["11"] = "5.10", ["12"] = "6.1", ["13"] = "6.12" };

    /// <exception cref="UserError">This is no Debian, or apt cannot get the package.</exception>
    public async Task<DebianKernelPackage> GetAsync(Action<string>? say, CancellationToken cancellation)
    {
        var series = await SeriesAsync(cancellation);
        var name = $"{Meta}-{series}";
        if (Downloaded(name) is not { } package)
        {
            say?.Invoke($"downloading {name} from this machine's Debian mirror");
            package = await DownloadAsync(name, cancellation);
        }

        return new DebianKernelPackage
        {
            Name = $"debian-{series}",
            Series = series,
            Pin = $"{name} {VersionOf(package)}",
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
        await commands.RunAsync(new Command("apt-cache", ["depends", Meta]) { OnLine = depends.Add }, cancellation);
        return depends.Select(line => Dependency().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            ?? throw new UserError($"this Debian has no package {Meta}; run apt-get update, or use --kernel=PATH with a kernel tree or image");
    }

    private string? Downloaded(string name) => Directory.Exists(workspace.Downloads)
        ? Directory.EnumerateFiles(workspace.Downloads, $"{name}_*.deb").Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private async Task<string> DownloadAsync(string name, CancellationToken cancellation)
    {
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
        var download = new Command("apt-get", ["download", "--quiet=2", name]) { WorkingDirectory = part, Deadline = _patience, OnLine = lines.Add };
        if (await commands.RunAsync(download, cancellation) != 0)
        {
            var why = lines.LastOrDefault(line => line.StartsWith("E:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "apt-get said nothing";
            throw new UnreachableError($"cannot download {name}: {why}; run apt-get update, or use --kernel=PATH with a kernel tree or image");
        }

        var made = Directory.EnumerateFiles(part, "*.deb").Single();
        var package = Path.Combine(workspace.Downloads, Path.GetFileName(made));
        File.Move(made, package, overwrite: true);
        Directory.Delete(part, recursive: true);
        return package;
    }

    // linux-source-6.1_6.1.192-2_all.deb; a colon of the version is written %3a.
    private static string VersionOf(string package) => Path.GetFileName(package).Split('_') is [_, var version, ..] ? Uri.UnescapeDataString(version) : "";

    [GeneratedRegex(@"^\s*Depends: linux-source-(\S+)\s*$")]
    private static partial Regex Dependency();
}
