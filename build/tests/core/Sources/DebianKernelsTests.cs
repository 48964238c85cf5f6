using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Sources;

public sealed class DebianKernelsTests : IDisposable, IProcessRunner
{
    private const string Bookworm = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";

    // ar(5): a header of 60 bytes with the member's size, and the member.
    private const string Package = "!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n";

    private readonly TemporaryWorkspace _files = new();
    private readonly List<string> _commands = [];
    // Captured; by default of the suites of this machine's release.
    private readonly string[] _offers = File.ReadAllLines(Captured.PathOf("apt-madison-sources.txt"));
    private string? _aptError;
    private string? _mirror = "Debian http://mirror/debian/";

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Download_The_Package_Of_This_Release_Once()
    {
        var first = await GetAsync(Bookworm);
        var second = await GetAsync(Bookworm);

        Assert.Equal(["apt-cache pkgnames linux-", "apt-cache madison linux-source-6.1 linux-source-6.12", "apt-get download --quiet=2 linux-source-6.1=6.1.192-2"], _commands);
        Assert.Equal(first, second);
        Assert.Equal(("debian-6.1", "6.1", "linux-source-6.1 6.1.192-2"), (first.Name, first.Series, first.Pin));
        Assert.Equal(first.Location, Assert.Single(Directory.GetFileSystemEntries(_files.Workspace.Downloads)));
    }

    [Theory]
    [InlineData("6.12", "linux-source-6.12 6.12.117-1~deb12u1")]
    [InlineData("5.10", "linux-source-5.10 5.10.262-1")]
    [InlineData("7.2", "linux-source-7.2 7.2.13-1")]
    public async Task Should_Take_A_Series_From_The_Suite_That_Has_It_The_Machines_Own_First(string series, string pin)
    {
        var package = await GetAsync(Bookworm, series);

        Assert.Equal(($"debian-{series}", series, pin), (package.Name, package.Series, package.Pin));
    }

    [Fact]
    public async Task Should_Name_The_Series_That_There_Are_When_No_Suite_Has_This_One()
    {
        var error = await Assert.ThrowsAsync<UnknownReleaseError>(() => GetAsync(Bookworm, "6.6"));

        Assert.EndsWith("5.10, 6.1, 6.12, 7.2, 7.3", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_commands, command => command.Contains("download", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Ask_Apt_Which_Package_When_The_Release_Is_Not_Known()
    {
        var package = await GetAsync("ID=debian\nVERSION_ID=14\n");

        Assert.Equal("7.2", package.Series);
        Assert.Equal("apt-cache depends linux-source", _commands[0]);
    }

    [Fact]
    public async Task Should_Refuse_Before_Any_Work_Only_What_Is_Known_Not_To_Be_There()
    {
        Assert.Contains("6.12", (await Assert.ThrowsAsync<UsageError>(() => CheckAsync("6.6"))).Message, StringComparison.Ordinal);
        await CheckAsync("7.3");

        _mirror = null;
        await CheckAsync("6.7");
    }

    [Fact]
    public async Task Should_Name_The_System_And_Other_Kernels_When_This_Is_No_Debian()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("ID=fedora\nPRETTY_NAME=\"Fedora Linux 44\"\n"));

        Assert.Contains("Fedora Linux 44", error.Message, StringComparison.Ordinal);
        Assert.Contains("--kernel=5.11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_What_Apt_Said_And_Leave_No_Package_When_It_Fails()
    {
        _aptError = "E: Unable to locate package linux-source-6.1";

        var error = await Assert.ThrowsAsync<UnreachableError>(() => GetAsync(Bookworm));

        Assert.Contains(_aptError, error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get update", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files.Workspace.Downloads));
    }

    [Fact]
    public async Task Should_Download_Again_What_Was_Cut()
    {
        var package = (await GetAsync(Bookworm)).Location;
        await File.WriteAllTextAsync(package, Package[..^2], TestContext.Current.CancellationToken);

        await GetAsync(Bookworm);

        Assert.Equal(2, _commands.Count(command => command.Contains("download", StringComparison.Ordinal)));
        Assert.Equal(Package, await File.ReadAllTextAsync(package, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_Take_The_Newest_As_Dpkg_Orders_Versions()
    {
        foreach (var version in new[] { "6.1.99-1", "6.1.192-2", "6.1.192-2~bpo1", "6.1.1000~rc1-1+b", "6.1.999-1" })
            _files.Write($"artifacts/downloads/linux-source-6.1_{version}_all.deb", Package);

        Assert.Equal("6.1.1000~rc1-1+b", (await GetAsync(Bookworm)).Version);
    }

    [Theory]
    [InlineData("6.1.99-1", "6.1.192-2")]
    [InlineData("1.0~rc1-1", "1.0-1")]
    [InlineData("1.0-1", "1.0a-1")]
    [InlineData("1.0a", "1.0+b")]
    [InlineData("9.9-9", "1:0.1-1")]
    [InlineData("1.0-1", "1.0-1+deb12u1")]
    public void Should_Order_Versions_As_Dpkg_Does(string older, string newer)
    {
        Assert.True(DebianVersion.Order.Compare(older, newer) < 0);
        Assert.True(DebianVersion.Order.Compare(newer, older) > 0);
        Assert.Equal(0, DebianVersion.Order.Compare(newer, newer));
    }

    public Task<ProcessResult> RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        _commands.Add($"{command.Program} {string.Join(' ', command.Arguments)}");
        var offers = command.Environment.ContainsKey("APT_CONFIG") ? _offers : [.. _offers.Where(line => line.Contains("bookworm", StringComparison.Ordinal))];
        switch (command.Program, command.Arguments[0])
        {
            case ("apt-cache", "pkgnames"):
                return FakeProcesses.Ended(command, 0, [.. offers.Select(line => line.Split('|')[0].Trim()).Distinct(), "linux-source", "linux-source-6.12-dbg"]);
            case ("apt-cache", "madison"):
                return FakeProcesses.Ended(command, 0, [.. offers.Where(line => command.Arguments.Contains(line.Split('|')[0].Trim()))]);
            case ("apt-cache", "depends"):
                return FakeProcesses.Ended(command, 0, "linux-source", "  Depends: linux-source-7.2");
            case ("apt-get", "indextargets"):
                return FakeProcesses.Ended(command, 0, _mirror is null ? [] : [_mirror]);
            case ("apt-get", "download") when _aptError is not null:
                return FakeProcesses.Ended(command, 100, _aptError);
            case ("apt-get", "download"):
                File.WriteAllText(Path.Combine(command.WorkingDirectory!, command.Arguments[^1].Replace('=', '_') + "_all.deb"), Package);
                return FakeProcesses.Ended(command, 0);
            default:
                return FakeProcesses.Ended(command, 0);
        }
    }

    private Task<DebianKernelPackage> GetAsync(string osRelease, string? series = null)
        => new DebianKernels(_files.Workspace, this, osRelease).GetAsync(series, say: null, TestContext.Current.CancellationToken);

    private async Task CheckAsync(string kernel)
    {
        using var http = new HttpClient();
        var sources = new KernelSources(_files.Workspace, new DebianKernels(_files.Workspace, this, Bookworm), new Downloader(http));
        await sources.CheckAsync(KernelChoice.ParseAll([kernel], Bookworm)[0], say: null, TestContext.Current.CancellationToken);
    }
}
