using System.Text.RegularExpressions;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A kernel's source, at hand and not yet unpacked.</summary>
/// <param name="Name">Names its tree and its image: <c>debian-6.1</c>.</param>
/// <param name="Series">Chooses patch and configuration: <c>6.1</c>.</param>
/// <param name="Pin">Which source exactly, for the provenance: <c>linux-source-6.1 6.1.192-2</c>.</param>
/// <param name="Location">Absolute path of the package, the archive or the tree.</param>
public abstract record KernelSource(string Name, string Series, string Pin, string Location)
{
    /// <summary>The folder that unpacking has to read.</summary>
    public virtual string Folder => Path.GetDirectoryName(Location)!;

    public virtual Fingerprint AddTo(Fingerprint inputs) => inputs.AddFile("kernel source", Location);

    /// <summary>Commands that make the tree; all paths are as the commands see them.</summary>
    /// <param name="folder">What <see cref="Folder"/> is to them.</param>
    /// <param name="work">A folder for what is needed on the way.</param>
    /// <param name="tree">An empty folder.</param>
    public abstract IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree);

    /// <summary>Unpacks a compressed tree without the folder at its top.</summary>
    protected static ProcessRequest Untar(string archive, string tree)
        => new("tar", "--extract", "--file", archive, "--directory", tree, "--strip-components=1", "--no-same-owner");
}

/// <summary>Debian's <c>linux-source-*</c>: a package with one compressed tree in it.</summary>
public sealed record DebianKernelPackage(string Series, string Location)
    : KernelSource($"debian-{Series}", Series, $"linux-source-{Series} {AptPackages.VersionOf(Location)}", Location)
{
    /// <summary>Debian's version, such as <c>6.1.192-2</c>.</summary>
    public string Version => AptPackages.VersionOf(Location);

    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree) =>
    [
        new("dpkg-deb", "--extract", $"{folder}/{Path.GetFileName(Location)}", $"{work}/package"),
        Untar($"{work}/package/usr/src/linux-source-{Series}.tar.xz", tree),
    ];
}

/// <summary>A release as kernel.org has it.</summary>
public sealed record KernelTarball(string Release, string Location)
    : KernelSource(Release, KernelVersion.SeriesOf(Release)!, Path.GetFileName(Location), Location)
{
    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree) =>
        [Untar($"{folder}/{Path.GetFileName(Location)}", tree)];
}

/// <summary>A tree of the user's. It is copied: ours is patched and built, theirs stays as it is.</summary>
public sealed record UserKernelTree(KernelVersion Version, string Location)
    : KernelSource($"tree-{Sha256.Of(Location)[..8]}", Version.Series, $"{Location} ({Version.Release})", Location)
{
    public override string Folder => Location;

    public override Fingerprint AddTo(Fingerprint inputs) => inputs.AddTree("kernel source", Location);

    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree)
    {
        // A clone's history is many times the size of its files.
        var entries = Directory.EnumerateFileSystemEntries(Location).Select(Path.GetFileName)
            .Where(name => name is not (".git" or ".hg" or ".svn" or ".repo"));
        yield return new ProcessRequest("cp", ["--archive", "--no-preserve=ownership", "--reflink=auto", .. entries.Select(name => $"{folder}/{name}"), tree]);
        // The user may have built in it; building elsewhere needs a clean tree.
        yield return new ProcessRequest("make", "-C", tree, "mrproper");
    }
}

/// <summary>A kernel's version as the first lines of its Makefile give it.</summary>
/// <param name="Series">What patches and configurations are chosen by: <c>6.1</c>.</param>
/// <param name="Release"><c>6.1.192</c>.</param>
public sealed partial record KernelVersion(string Series, string Release)
{
    /// <summary><c>6.5</c> of <c>6.5.3</c> and of <c>6.5</c>; null where it is neither.</summary>
    public static string? SeriesOf(string release) => release.Split('.') is [var version, var patchlevel, ..] && version.All(char.IsAsciiDigit) ? $"{version}.{patchlevel}" : null;

    /// <summary>Reads a tree's version; null where it is no kernel tree.</summary>
    public static KernelVersion? Read(string tree)
    {
        var makefile = Path.Combine(tree, "Makefile");
        if (!File.Exists(makefile) || !Directory.Exists(Path.Combine(tree, "arch", "x86")))
            return null;
        var values = File.ReadLines(makefile).Take(10)
            .Select(line => Assignment().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return values.TryGetValue("VERSION", out var version) && values.TryGetValue("PATCHLEVEL", out var patchlevel)
            ? new KernelVersion($"{version}.{patchlevel}", $"{version}.{patchlevel}.{values.GetValueOrDefault("SUBLEVEL", "0")}")
            : null;
    }

    [GeneratedRegex(@"^(VERSION|PATCHLEVEL|SUBLEVEL)\s*=\s*(\d+)\s*$")]
    private static partial Regex Assignment();
}
