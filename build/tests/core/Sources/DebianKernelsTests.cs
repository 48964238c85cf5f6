using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Sources;

public sealed class DebianKernelsTests : IDisposable, IProcessRunner
{
    private const string Bookworm = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";

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

        Assert.Contains("this is Fedora Linux 44; use --kernel=5.11", error.Message, StringComparison.Ordinal);
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
            File.WriteAllText(Path.Combine(command.WorkingDirectory!, command.Arguments[^1] + "_1%3a6.1.192-2_all.deb"), "");
        }

        return FakeProcesses.Ended(command, 0);
    }

    private Task<DebianKernelPackage> GetAsync(string osRelease)
        => new DebianKernels(_files.Workspace, this, osRelease).GetAsync(say: null, TestContext.Current.CancellationToken);
}
