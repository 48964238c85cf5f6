using System.Text.RegularExpressions;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A kernel's source, at hand and not yet unpacked.</summary>
public abstract record KernelSource
{
    /// <summary>Names its tree and its image: <c>debian-6.1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Chooses patch and configuration: <c>6.1</c>.</summary>
    public required string Series { get; init; }

    /// <summary>Which source exactly, for the provenance: <c>linux-source-6.1 6.1.192-2</c>.</summary>
    public required string Pin { get; init; }

    /// <summary>The folder that unpacking has to read.</summary>
    public abstract string Folder { get; }

    /// <summary>Adds what the source is to a fingerprint.</summary>
    public abstract Fingerprint AddTo(Fingerprint inputs);

    /// <summary>Commands that make the tree; all paths are as the commands see them.</summary>
    /// <param name="folder">What <see cref="Folder"/> is to them.</param>
    /// <param name="work">A folder for what is needed on the way.</param>
    /// <param name="tree">An empty folder.</param>
    public abstract IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree);
}

/// <summary>Debian's <c>linux-source-*</c>: a package with one compressed tree in it.</summary>
public sealed record DebianKernelPackage : KernelSource
{
    /// <summary>Absolute path of the .deb.</summary>
    public required string Package { get; init; }

    /// <summary>Debian's version, such as <c>6.1.192-2</c>.</summary>
    public string Version => AptPackages.VersionOf(Package);

    public override string Folder => Path.GetDirectoryName(Package)!;

    public override Fingerprint AddTo(Fingerprint inputs) => inputs.AddFile("kernel source", Package);

    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree)
    {
        var package = $"{work}/package";
        yield return new ProcessRequest("dpkg-deb", "--extract", $"{folder}/{Path.GetFileName(Package)}", package);
        yield return Tarball($"{package}/usr/src/linux-source-{Series}.tar.xz", tree);
    }

    /// <summary>Unpacks a compressed tree without the folder at its top.</summary>
    internal static ProcessRequest Tarball(string archive, string tree)
        => new("tar", "--extract", "--file", archive, "--directory", tree, "--strip-components=1", "--no-same-owner");
}

/// <summary>A release as kernel.org has it.</summary>
public sealed record KernelTarball : KernelSource
{
    /// <summary>Absolute path of the tar.xz.</summary>
    public required string Archive { get; init; }

    public override string Folder => Path.GetDirectoryName(Archive)!;

    public override Fingerprint AddTo(Fingerprint inputs) => inputs.AddFile("kernel source", Archive);

    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree)
        => [DebianKernelPackage.Tarball($"{folder}/{Path.GetFileName(Archive)}", tree)];
}

/// <summary>A tree of the user's. It is copied: ours is patched and built, theirs stays as it is.</summary>
public sealed record UserKernelTree : KernelSource
{
    /// <summary>Absolute path of the tree.</summary>
    public required string Tree { get; init; }

    public override string Folder => Tree;

    public override Fingerprint AddTo(Fingerprint inputs) => inputs.Add("kernel source", TreeStamp.Of(Tree));

    public override IEnumerable<ProcessRequest> Unpack(string folder, string work, string tree)
    {
        // A clone's history is many times the size of its files.
        var entries = Directory.EnumerateFileSystemEntries(Tree).Select(Path.GetFileName).Where(name => name is not (".git" or ".hg" or ".svn" or ".repo"));
        yield return new ProcessRequest("cp", ["--archive", "--no-preserve=ownership", "--reflink=auto", .. entries.Select(name => $"{folder}/{name}"), tree]);
        // The user may have built in it; building elsewhere needs a clean tree.
        yield return new ProcessRequest("make", "-C", tree, "mrproper");
    }
}

/// <summary>A kernel's version as the first lines of its Makefile give it.</summary>
/// <param name="Version">6 of 6.1.192.</param>
/// <param name="Patchlevel">1 of 6.1.192.</param>
/// <param name="Sublevel">192 of 6.1.192.</param>
public sealed partial record KernelVersion(int Version, int Patchlevel, int Sublevel)
{
    /// <summary>What patches and configurations are chosen by: <c>6.1</c>.</summary>
    public string Series => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Patchlevel}");

    /// <summary><c>6.5</c> of <c>6.5.3</c> and of <c>6.5</c>; null where it is neither.</summary>
    public static string? SeriesOf(string release) => release.Split('.') is [var version, var patchlevel, ..] && version.All(char.IsAsciiDigit) ? $"{version}.{patchlevel}" : null;

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
