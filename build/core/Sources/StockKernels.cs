using System.Text.RegularExpressions;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>
/// Kernel images that Debian built: the cloud flavour, whose configuration is for virtual machines. An image is kept under its hash, since backports vanish from
/// a mirror, and held against it whenever it is used.
/// </summary>
/// <param name="workspace">Where images are kept: <c>downloads/&lt;package&gt;_&lt;version&gt;/vmlinuz-&lt;SHA-256&gt;</c>.</param>
public sealed partial class StockKernels(Workspace workspace, IProcessRunner processes, FileHasher hasher)
{
    private const string Prefix = "vmlinuz-";

    private readonly AptPackages _packages = new(workspace, processes);

    /// <param name="release"><c>6.12</c>, <c>6.12.117</c>, or a package's version.</param>
    /// <exception cref="UnknownReleaseError">No suite of the mirror has it.</exception>
    /// <exception cref="UserError">It cannot be downloaded or unpacked, or the image is not the one that was kept.</exception>
    public async Task<StockKernel> GetAsync(string release, Action<string>? say, CancellationToken cancellation)
    {
        if (Find(release) is { } kept)
            return kept;

        var offer = await _packages.NewestAsync(Names(), release, say, cancellation);
        var package = _packages.Find(offer.Name, offer.Version)
            ?? await _packages.DownloadAsync(offer, $"run apt-get update, or delete {Path.Combine(workspace.Artifacts, "apt")}", say, cancellation);
        return await UnpackAsync(package, offer, cancellation);
    }

    /// <summary>The newest image of a release that is kept; null where there is none.</summary>
    /// <exception cref="UserError">It is not the one that was kept.</exception>
    public StockKernel? Find(string release) => !Directory.Exists(workspace.Downloads) ? null : Directory
        .EnumerateDirectories(workspace.Downloads, "linux-*_*")
        .Where(folder => AptPackages.IsOf(release, AptPackages.VersionOf(folder)))
        .SelectMany(folder => Directory.EnumerateFiles(folder, $"{Prefix}*"))
        .Select(path => new StockKernel(Path.GetFileName(Path.GetDirectoryName(path)!).Split('_')[0], AptPackages.VersionOf(Path.GetDirectoryName(path)!), path))
        .OrderBy(kernel => kernel.Version, DebianVersion.Order)
        .LastOrDefault() is { } newest ? Checked(newest) : null;

    private StockKernel Checked(StockKernel kernel) => hasher.Hash(kernel.Image) == Path.GetFileName(kernel.Image)[Prefix.Length..]
        ? kernel
        : throw new UserError($"{kernel.Image} is not the image that was downloaded: its SHA-256 is another than its name says; delete it and run again");

    private async Task<StockKernel> UnpackAsync(string package, AptOffer offer, CancellationToken cancellation)
    {
        using var staging = new StagingFolder(workspace, offer.Name);
        var extract = new ProcessRequest("dpkg-deb", "--extract", package, staging.Path) { Deadline = TimeSpan.FromMinutes(5) };
        var result = (await processes.RunAsync(extract, cancellation)).InTime();
        if (!result.Succeeded)
            throw new UserError($"cannot unpack {package}: {result.Cause}; delete it and run again");
        var image = Paths(staging.Path).FirstOrDefault() ?? throw new UserError($"{package} holds neither boot/vmlinuz-* nor usr/lib/modules/*/vmlinuz: it is no kernel image");
        var kept = Path.Combine(workspace.Downloads, Path.GetFileNameWithoutExtension(package), Prefix + FileHasher.Of(image));
        AtomicFile.Write(kept, temporary => File.Move(image, temporary));
        // Of the 30 to 100 MB only this was needed.
        File.Delete(package);
        return new StockKernel(offer.Name, offer.Version, kept);
    }

    // Newer packages hold the kernel among its modules.
    private static IEnumerable<string> Paths(string tree)
    {
        var (boot, modules) = (Path.Combine(tree, "boot"), Path.Combine(tree, "usr", "lib", "modules"));
        return
        [
            .. Directory.Exists(boot) ? Directory.EnumerateFiles(boot, $"{Prefix}*") : [],
            .. Directory.Exists(modules) ? Directory.EnumerateDirectories(modules).Select(folder => Path.Combine(folder, "vmlinuz")).Where(File.Exists) : [],
        ];
    }

    // "linux-image-6.1.0-56-cloud-amd64", "linux-binary-6.19+deb14-cloud-amd64": from about 6.19 linux-image-* is an empty shell around linux-binary-* of the same
    // version, which sorts before it. "linux-image-6.12-cloud-amd64" is a shell, too.
    [GeneratedRegex(@"^linux-(binary|image)-\d+\.\d+[.+].*-cloud-amd64$")]
    private static partial Regex Names();
}

/// <summary>The distribution's own kernel, unpacked and never installed.</summary>
/// <param name="Package"><c>linux-image-6.1.0-56-cloud-amd64</c>.</param>
/// <param name="Version">The package's: <c>6.1.192-2</c>.</param>
/// <param name="Image">Absolute path of its bzImage.</param>
public sealed record StockKernel(string Package, string Version, string Image)
{
    /// <summary>Package and version, for people.</summary>
    public override string ToString() => $"{Package} {Version}";
}
