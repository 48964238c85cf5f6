using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Machine;

public sealed class HostPackagesTests : IProcessRunner
{
    private const string Debian = "ID=debian\nVERSION_ID=12\n";
    private const string Ubuntu = "ID=ubuntu\nID_LIKE=debian\n";
    private const string Fedora = "ID=fedora\n";

    private readonly HashSet<string> _absent = ["flex", "/usr/include/gelf.h"];
    private readonly List<string> _commands = [];
    private readonly List<string> _said = [];
    private int _failures;
    private List<string> _output = [];

    [Fact]
    public async Task Should_Start_Nothing_When_All_Is_There()
    {
        _absent.Clear();

        await EnsureAsync(Debian, isRoot: true, install: true);

        Assert.Empty(_commands);
        Assert.Empty(_said);
    }

    [Theory]
    [InlineData(Debian)]
    [InlineData(Ubuntu)]
    public async Task Should_Install_What_Is_Missing_And_Say_So_When_Root(string osRelease)
    {
        await EnsureAsync(osRelease, isRoot: true, install: true);

        Assert.Equal(["installing flex libelf-dev"], _said);
        Assert.EndsWith("install --yes --no-install-recommends flex libelf-dev", Assert.Single(_commands), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Update_The_Lists_Once_When_The_First_Try_Fails()
    {
        _failures = 1;

        await EnsureAsync(Debian, isRoot: true, install: true);

        Assert.Equal(["install", "update", "install"], _commands.Select(command => command.Split(' ').First(word => word is "install" or "update")));
    }

    [Fact]
    public async Task Should_Count_Downloads_And_Packages_When_Apt_Tells_Of_Them()
    {
        var seen = new List<(long, long?)>();
        _output = ["Get:1 lists", "0 upgraded, 1 newly installed, 0 to remove and 3 not upgraded.", "Get:1 flex", "Selecting flex", "Unpacking flex", "Setting up flex"];

        await new HostPackages(this, Debian, isRoot: true) { IsPresent = probe => !_absent.Contains(probe), OnProgress = (done, total) => seen.Add((done, total)) }
            .EnsureAsync(PackageUse.Compile, install: true, null, TestContext.Current.CancellationToken);

        Assert.Equal([(1, null), (0, 3), (1, 3), (2, 3), (3, 3)], seen);
    }

    [Fact]
    public async Task Should_Say_What_Apt_Said_When_It_Fails()
    {
        _failures = 3;

        var error = await Assert.ThrowsAsync<UserError>(() => EnsureAsync(Debian, isRoot: true, install: true));

        Assert.Contains("flex libelf-dev", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("E: no network", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "this machine lacks 2 packages; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends flex libelf-dev")]
    [InlineData(true, false, "this machine lacks 2 packages; run: apt-get update && apt-get install -y --no-install-recommends flex libelf-dev")]
    public async Task Should_Stop_With_The_Command_To_Paste_When_It_May_Not_Install(bool isRoot, bool install, string expected)
    {
        var error = await Assert.ThrowsAsync<UserError>(() => EnsureAsync(Debian, isRoot, install));

        Assert.Equal(expected, error.Message);
        Assert.Empty(_commands);
    }

    [Fact]
    public async Task Should_Name_The_Packages_When_There_Is_No_Apt()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => EnsureAsync(Fedora, isRoot: true, install: true));

        Assert.Contains("flex libelf-dev", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Need_Only_Qemu_On_The_Host_When_Everything_Is_Built_In_A_Container()
    {
        var everythingMissing = new HostPackages(this, Debian, isRoot: false) { IsPresent = _ => false };

        Assert.Equal(["qemu-system-x86"], everythingMissing.Missing(PackageUse.Boot));
        Assert.Equal(["gcc", "make", "binutils"], everythingMissing.Missing(PackageUse.Benchmark));
    }

    public Task<ProcessResult> RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        _commands.Add(string.Join(' ', command.Arguments));
        if (_failures-- > 0)
            return FakeProcesses.Ended(command, 100, "E: no network");

        _absent.Clear();
        return FakeProcesses.Ended(command, 0, _output);
    }

    private Task EnsureAsync(string osRelease, bool isRoot, bool install)
        => new HostPackages(this, osRelease, isRoot) { IsPresent = probe => !_absent.Contains(probe) }
            .EnsureAsync(PackageUse.Boot | PackageUse.Compile, install, _said.Add, TestContext.Current.CancellationToken);
}
