using SyscallBench.Model;
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
    private string? _aptError;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Download_The_Package_Of_This_Release_Once()
    {
        var first = await GetAsync(Bookworm);
        var second = await GetAsync(Bookworm);

        Assert.Equal(["apt-get download --quiet=2 linux-source-6.1"], _commands);
        Assert.Equal(first, second);
        Assert.Equal(("debian-6.1", "6.1", "linux-source-6.1 1:6.1.192-2"), (first.Name, first.Series, first.Pin));
        Assert.Equal(first.Package, Assert.Single(Directory.GetFileSystemEntries(_files.Workspace.Downloads)));
    }

    [Fact]
    public async Task Should_Ask_Apt_Which_Package_When_The_Release_Is_Not_Known()
    {
        var package = await GetAsync("ID=debian\nVERSION_ID=14\n");

        Assert.Equal("6.18", package.Series);
        Assert.Equal(["apt-cache depends linux-source", "apt-get download --quiet=2 linux-source-6.18"], _commands);
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
        var package = (await GetAsync(Bookworm)).Package;
        await File.WriteAllTextAsync(package, Package[..^2], TestContext.Current.CancellationToken);

        await GetAsync(Bookworm);

        Assert.Equal(2, _commands.Count);
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
        if (command.Program is "apt-cache")
        {
            command.OnLine!("linux-source");
            command.OnLine!("  Depends: linux-source-6.18");
        }
        else if (_aptError is not null)
        {
            command.OnLine!(_aptError);
            return FakeProcesses.Ended(command, 100);
        }
        else
        {
            File.WriteAllText(Path.Combine(command.WorkingDirectory!, command.Arguments[^1] + "_1%3a6.1.192-2_all.deb"), Package);
        }

        return FakeProcesses.Ended(command, 0);
    }

    private Task<DebianKernelPackage> GetAsync(string osRelease)
        => new DebianKernels(_files.Workspace, this, osRelease).GetAsync(say: null, TestContext.Current.CancellationToken);
}
