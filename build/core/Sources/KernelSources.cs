using SyscallBench.Model;

namespace SyscallBench.Sources;

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
