using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>Debian's <c>linux-source-*</c>: a package with one compressed tree in it.</summary>
public sealed record DebianKernelPackage : KernelSource
{
    /// <summary>Absolute path of the .deb.</summary>
    public required string Package { get; init; }

    /// <summary>Debian's version, such as <c>6.1.192-2</c>.</summary>
    public string Version => AptPackages.VersionOf(Package);

    /// <inheritdoc/>
    public override string Folder => Path.GetDirectoryName(Package)!;

    /// <inheritdoc/>
    public override Fingerprint AddTo(Fingerprint inputs) => inputs.AddFile("kernel source", Package);

    /// <inheritdoc/>
    public override IEnumerable<BuildCommand> Unpack(IBuildRoom room, string tree)
    {
        var package = $"{room.Output}/package";
        yield return new BuildCommand("dpkg-deb", "--extract", $"{room.Source("kernel")}/{Path.GetFileName(Package)}", package);
        yield return Tarball($"{package}/usr/src/linux-source-{Series}.tar.xz", tree);
    }

    /// <summary>Unpacks a compressed tree without the folder at its top.</summary>
    internal static BuildCommand Tarball(string archive, string tree)
        => new("tar", "--extract", "--file", archive, "--directory", tree, "--strip-components=1", "--no-same-owner");
}
