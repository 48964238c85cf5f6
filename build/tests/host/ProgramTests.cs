using SyscallBench.Processes;

namespace SyscallBench.Build.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_List_Targets_And_Exit_With_0_When_Nothing_Is_Asked_For()
    {
        var ended = await _fixture.Run();

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.Contains("./build.sh --target=Clean", ended.Output, StringComparison.Ordinal);
        Assert.Contains("--all", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "./build.sh --target=Clean")]
    [InlineData("--version", "syscall-bench 1.")]
    [InlineData("--tree", "Default")]
    [InlineData("--description", "Clean")]
    public async Task Should_Print_And_Exit_With_0(string argument, string expected)
    {
        var ended = await _fixture.Run(argument);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target=Nowhere", "error: unknown target 'Nowhere'; valid: ")]
    [InlineData("--runs=abc", "error: --runs=abc: ")]
    [InlineData("--nonsense", "error: unknown option --nonsense; valid: ")]
    public async Task Should_Print_One_Line_And_Exit_With_2_Before_Any_Work_When_Usage_Is_Wrong(string argument, string start)
    {
        _fixture.Touch("artifacts", "state", "kept");

        var ended = await _fixture.Run("--target=Clean", argument);

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.StartsWith(start, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.True(File.Exists(_fixture.Path("artifacts", "state", "kept")));
    }

    [Theory]
    [InlineData("--kernel=/etc/passwd", "error: --kernel=/etc/passwd: ")]
    [InlineData("--kernel=/nowhere", "error: --kernel=/nowhere: ")]
    [InlineData("--kernel=6.1,6.1", "error: --kernel=6.1,6.1: ")]
    [InlineData("--kernel=5.11,", "error: --kernel=: ")]
    [InlineData("--mirror=/nowhere", "error: --mirror=/nowhere: ")]
    public async Task Should_Print_One_Line_And_Exit_With_2_Before_Any_Work_When_A_Path_Is_Wrong(string argument, string start)
    {
        var ended = await _fixture.Run("--target=All", argument);

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.StartsWith(start, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Should_Not_Build_Anything_When_There_Is_No_Guest_To_Explain()
    {
        var ended = await _fixture.Run("--target=Explain", "--platforms=host");

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.StartsWith("error: --platforms=host: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Verify")]
    [InlineData("Reproduce")]
    [InlineData("Mitigations")]
    public async Task Should_Refuse_Several_Kernels_Before_Any_Work_Where_One_Is_Taken(string target)
    {
        var ended = await _fixture.Run($"--target={target}", "--kernel=5.11,5.11.22");

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.Contains(target, Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--kernel-fragment=/nowhere")]
    [InlineData("--kernel-fragment=/dev/zero")]
    [InlineData("--kernel-fragment=/")]
    [InlineData("--work=/nowhere")]
    [InlineData("--cpu=Skylake-Klient")]
    [InlineData("--cpu=EPYC-v1,+nosuch")]
    public async Task Should_Refuse_What_Cannot_Work_Before_Any_Work(string argument)
    {
        Assert.SkipWhen(argument.StartsWith("--cpu", StringComparison.Ordinal) && ProgramFinder.Find("qemu-system-x86_64") is null, "QEMU is not installed");

        var ended = await _fixture.Run("--target=Run", argument);

        Assert.Equal((2, string.Empty), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"error: {argument}: ", ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.Equal(argument.Contains("Klient", StringComparison.Ordinal), ended.Errors.Contains("Skylake-Client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Remove_Nothing_When_Clean_Is_A_Dry_Run()
    {
        _fixture.Touch("artifacts", "kernel", "bzImage");

        var ended = await _fixture.Run("--target=Clean", "--dryrun");

        Assert.Equal(0, ended.ExitCode);
        Assert.True(File.Exists(_fixture.Path("artifacts", "kernel", "bzImage")));
    }

    [Theory]
    [InlineData(new string[0], true)]
    [InlineData(new[] { "--all" }, false)]
    public async Task Should_Keep_Results_And_Itself_When_Cleaning(string[] options, bool keepsDownloads)
    {
        _fixture.Touch("artifacts", "kernel", "bzImage");
        _fixture.Touch("artifacts", "downloads", "linux.tar.xz");
        _fixture.Touch("artifacts", "dotnet", "program.dll");
        _fixture.Touch("eval", "raw", "linux", "boot-000.log");
        _fixture.Touch("results", "results.json");

        var ended = await _fixture.Run(["--target=Clean", .. options]);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.False(Directory.Exists(_fixture.Path("artifacts", "kernel")));
        Assert.False(Directory.Exists(_fixture.Path("eval", "raw")));
        Assert.True(File.Exists(_fixture.Path("artifacts", "dotnet", "program.dll")));
        Assert.True(File.Exists(_fixture.Path("results", "results.json")));
        Assert.Equal(keepsDownloads, File.Exists(_fixture.Path("artifacts", "downloads", "linux.tar.xz")));
    }

    [Fact]
    public async Task Should_Remove_A_Link_And_Not_What_It_Points_To_When_Cleaning()
    {
        _fixture.Touch("elsewhere", "precious");
        Directory.CreateDirectory(_fixture.Path("artifacts"));
        Directory.CreateSymbolicLink(_fixture.Path("artifacts", "deps"), _fixture.Path("elsewhere"));

        var ended = await _fixture.Run("--target=Clean");

        Assert.Equal(0, ended.ExitCode);
        Assert.False(Directory.Exists(_fixture.Path("artifacts", "deps")));
        Assert.True(File.Exists(_fixture.Path("elsewhere", "precious")));
    }

    [Fact]
    public async Task Should_Write_No_Escape_When_It_Is_No_Terminal()
    {
        var ended = await _fixture.Run("--target=Clean", "--verbosity=diagnostic");

        Assert.DoesNotContain('\u001b', ended.Output + ended.Errors);
    }

    [Fact]
    public async Task Should_Say_When_An_Option_Changes_Nothing()
    {
        var ended = await _fixture.Run("--target=Clean", "--runs=3");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("note: --runs changes nothing here; it belongs to Run", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Exit_With_1_And_One_Line_When_It_Is_Outside_Its_Repository()
    {
        File.Delete(_fixture.Path("build.sh"));

        var ended = await _fixture.Run("--target=Clean");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: no build.sh in or above", ended.Errors, StringComparison.Ordinal);
    }
}
