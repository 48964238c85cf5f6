using SyscallBench.Sources;

namespace SyscallBench.Tests.Sources;

/// <summary>kernel.org itself is not asked: its list and its archive lie there already, as somebody who has no way to it would put them.</summary>
public sealed class KernelOrgTests : IDisposable
{
    private const string List = "artifacts/downloads/sha256sums-v6.x.asc";

    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Take_The_Archive_That_The_Published_Checksum_Vouches_For()
    {
        var archive = _files.Write("artifacts/downloads/linux-6.5.3.tar.xz", "an archive");
        _files.Write(List, $"""
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA256

            {Sha256.Of("another")}  linux-6.5.30.tar.xz
            {Sha256.Of("another")}  linux-6.5.3.tar.gz
            {Sha256.Of("an archive")}  linux-6.5.3.tar.xz
            -----BEGIN PGP SIGNATURE-----
            """);

        var source = Assert.IsType<KernelTarball>(await GetAsync("6.5.3"));

        Assert.Equal(("6.5.3", "6.5", "linux-6.5.3.tar.xz", archive), (source.Name, source.Series, source.Pin, source.Location));
    }

    [Fact]
    public async Task Should_Say_So_When_The_List_Has_No_Such_Release()
    {
        _files.Write(List, $"{Sha256.Of("an archive")}  linux-6.5.3.tar.xz\n");

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("6.5.99"));

        Assert.Contains("6.5.99", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("6.5", "https://cdn.kernel.org/pub/linux/kernel/v6.x/linux-6.5.tar.xz")]
    [InlineData("5.11.22", "https://cdn.kernel.org/pub/linux/kernel/v5.x/linux-5.11.22.tar.xz")]
    public void Should_Know_Where_A_Release_Is(string release, string address)
    {
        Assert.Equal(address, KernelOrg.Find(release, [$"{Sha256.Of("x")}  linux-{release}.tar.xz"])?.Address.ToString());
        Assert.Null(KernelOrg.Find(release, [$"{Sha256.Of("x")[1..]}  linux-{release}.tar.xz"]));
    }

    private async Task<KernelSource> GetAsync(string release)
    {
        using var http = new HttpClient();
        var sources = new KernelSources(_files.Workspace, new DebianKernels(_files.Workspace, new Fixtures.FakeProcesses(), osRelease: null), new Downloader(http));
        return await sources.GetAsync(KernelChoice.ParseAll([release], osRelease: null)[0], say: null, TestContext.Current.CancellationToken);
    }
}
