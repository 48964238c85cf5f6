namespace SyscallBench.Sources;

/// <summary>Gets a kernel's source to this machine.</summary>
public sealed class KernelSources(Workspace workspace, DebianKernels debian, Downloader downloader)
{
    /// <summary>Refuses a series that no suite of the mirror has. Where the suites' lists cannot be had it says nothing: the build will.</summary>
    /// <exception cref="UsageError">There is no such kernel.</exception>
    public async Task CheckAsync(KernelChoice choice, Action<string>? say, CancellationToken cancellation)
    {
        if (choice.Kind != KernelKind.Debian || choice.Name != choice.Text || debian.Find(choice.Name) is not null)
            return;
        try
        {
            await debian.OfferAsync(choice.Name, say, cancellation);
        }
        catch (UnknownReleaseError error)
        {
            throw new UsageError($"--kernel={choice.Text}: {error.Message}; of kernel.org's, name a release: {choice.Text}.1");
        }
        catch (UserError)
        {
            // What is there already can be measured all the same.
        }
    }

    /// <param name="choice">Anything but an image.</param>
    /// <exception cref="UserError">This is no Debian, there is no such release, or the source cannot be downloaded.</exception>
    public async Task<KernelSource> GetAsync(KernelChoice choice, Action<string>? say, CancellationToken cancellation) => choice.Kind switch
    {
        // A release of Debian that is not known is asked for its kernel.
        KernelKind.Debian => await debian.GetAsync(KernelVersion.SeriesOf(choice.Name), say, cancellation),
        KernelKind.Release => await ReleaseAsync(choice.Name, say, cancellation),
        KernelKind.Tree when KernelVersion.Read(choice.Text) is { } version => new UserKernelTree(version, choice.Text),
        KernelKind.Tree => throw new UserError($"{choice.Text} is no kernel tree any more"),
        _ => throw new ArgumentException("an image has no source", nameof(choice)),
    };

    private async Task<KernelTarball> ReleaseAsync(string release, Action<string>? say, CancellationToken cancellation)
    {
        var pin = release == KernelChoice.Artifact ? Pins.Linux511 : await PinAsync(release, say, cancellation);
        return new KernelTarball(release, await downloader.GetAsync(pin, workspace.Downloads, say, cancellation));
    }

    // Of every other release than the artifact's the checksum is kernel.org's own.
    private async Task<DownloadPin> PinAsync(string release, Action<string>? say, CancellationToken cancellation)
    {
        var list = await downloader.GetAsync(KernelOrg.Checksums(release), workspace.Downloads, say, cancellation);
        return KernelOrg.Find(release, await File.ReadAllLinesAsync(list, cancellation))
            ?? throw new UserError($"kernel.org has no Linux {release} in {list}; if it is newer than that list, delete the list and run again");
    }
}

/// <summary>Where kernel.org keeps its releases, and the checksums that it publishes beside them.</summary>
public static class KernelOrg
{
    /// <summary>The list with the checksums of a release and of all others of its major version. What it says is not known beforehand.</summary>
    public static DownloadPin Checksums(string release) => new($"sha256sums-v{Major(release)}.x.asc", Address(release, "sha256sums.asc"), Sha256: null);

    /// <summary>The release's archive with its checksum; null where the list has none of it.</summary>
    /// <param name="release"><c>6.5.3</c>, or <c>6.5</c> for the first of a series.</param>
    /// <param name="checksums">Lines of the list, <c>&lt;SHA-256&gt;  &lt;file&gt;</c> among others.</param>
    public static DownloadPin? Find(string release, IEnumerable<string> checksums)
    {
        var file = $"linux-{release}.tar.xz";
        return checksums.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [{ Length: 64 } hash, var name] && name == file && hash.All(char.IsAsciiHexDigitLower))
            .Select(words => new DownloadPin(file, Address(release, file), words[0]))
            .FirstOrDefault();
    }

    private static string Major(string release) => release.Split('.')[0];

    private static Uri Address(string release, string file) => new($"https://cdn.kernel.org/pub/linux/kernel/v{Major(release)}.x/{file}");
}
