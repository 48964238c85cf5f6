using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Builds;

public sealed class ContainerToolchainTests : IDisposable
{
    private const string Image = "sha256:1234";

    private readonly TemporaryWorkspace _files = new();
    private readonly FakeEngine _engine = new("docker");
    private readonly FakeProcesses _commands = new();
    private readonly BuildFolders _folders;

    public ContainerToolchainTests()
    {
        _commands.Answer("gcc --version", 0, "gcc (Debian 12.2.0-14) 12.2.0", "Copyright").Answer("ld --version", 0, "GNU ld 2.40").Answer("make --version", 0, "GNU Make 4.3").Answer("toolchain-base", 0, "debian:bookworm-slim sha256:5678");
        _folders = new BuildFolders("the kernel", new Dictionary<string, string> { ["linux"] = _files.Root }, _files.Root, Path.Combine(_files.Root, "log"));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Ask_An_Image_For_Its_Versions_Only_Once()
    {
        var first = await Toolchain().IdentifyAsync(TestContext.Current.CancellationToken);
        var asked = _commands.Runs.Count;
        var second = await Toolchain().IdentifyAsync(TestContext.Current.CancellationToken);
        await Toolchain("sha256:other").IdentifyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("gcc (Debian 12.2.0-14) 12.2.0", Image), (first.Versions["gcc"], second.Versions["image"]));
        Assert.Equal(2 * asked, _commands.Runs.Count);
    }

    [Fact]
    public void Should_Give_Commands_The_Containers_Own_Paths()
    {
        var sandbox = Toolchain().Open(_folders with { Cache = Path.Combine(_files.Root, "ccache") });

        Assert.Equal(("/src/linux", "/out", "/cache"), (sandbox.Source("linux"), sandbox.Output, sandbox.Cache));
    }

    [Fact]
    public void Should_Shut_The_Command_In_Completely()
    {
        var folders = new BuildFolders("the kernel", new Dictionary<string, string> { ["linux"] = "/home/me/my tree/linux" }, "/home/me/out", "/home/me/log", "/home/me/ccache");

        string[] expected =
        [
            "run", "--rm", "--name", "syscall-bench-1", "--pull", "never", "--network", "none", "--user", ContainerSandbox.User, "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--memory", $"{ContainerSandbox.Memory}", "--pids-limit", "4096", "--read-only", "--tmpfs", "/tmp:exec",
            "--mount", "type=bind,source=/home/me/my tree/linux,target=/src/linux,readonly", "--mount", "type=bind,source=/home/me/out,target=/out",
            "--mount", "type=bind,source=/home/me/ccache,target=/cache",
            .. BuildEnvironment.Variables.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            "--env", "CCACHE_DIR=/cache", "--env", "CCACHE_DEPEND=1", "--env", "HOME=/tmp", "--workdir", "/out", Image, "make", "-C", "/src/linux",
        ];
        Assert.Equal(expected, Arguments(folders));
        Assert.NotEqual("0:0", ContainerSandbox.User);
    }

    [Fact]
    public void Should_Quote_A_Path_That_Has_A_Comma() =>
        Assert.Contains("type=bind,\"source=/a,b\"\"c\",target=/out", Arguments(_folders with { Output = "/a,b\"c" }));

    [Fact]
    public async Task Should_Name_The_Compilers_Error_When_The_Command_Fails()
    {
        _commands.Answer("bzImage", 2, "fork.c:1:1: error: expected", "make: *** Error 1");

        var error = await Assert.ThrowsAsync<BuildError>(BuildAsync);

        Assert.Contains("fork.c:1:1: error: expected", error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Done);
    }

    [Theory]
    [InlineData(2, "make: *** wait: No child processes.  Stop.")]
    [InlineData(125, "docker: Error response from daemon")]
    [InlineData(137, "")]
    public async Task Should_Say_That_The_Engine_Stopped_When_It_No_Longer_Answers(int exitCode, string lastLine)
    {
        _commands.Answer("bzImage", exitCode, lastLine);
        _engine.Answers = false;

        var error = await Assert.ThrowsAsync<UserError>(BuildAsync);

        Assert.Contains("docker's daemon does not answer; run: sudo systemctl start docker", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Suspect_The_Memory_When_The_Command_Was_Killed()
    {
        _commands.Answer("bzImage", 137);

        var error = await Assert.ThrowsAsync<UserError>(BuildAsync);

        Assert.Contains("for want of memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_What_The_Engine_Said_When_The_Image_Is_Gone()
    {
        _commands.Answer("bzImage", 125, "docker: Error response from daemon: No such image: sha256:1234.");

        var error = await Assert.ThrowsAsync<UserError>(BuildAsync);

        Assert.EndsWith("docker: Error response from daemon: No such image: sha256:1234.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Kill_The_Container_When_Cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Toolchain().Open(_folders).RunAsync(new ProcessRequest("make", "bzImage"), cancelled.Token));

        Assert.Equal(["kill", "rm"], _engine.Done);
    }

    private ContainerToolchain Toolchain(string image = Image) => new(_files.Workspace, _engine, _commands, image);

    private IReadOnlyList<string> Arguments(BuildFolders folders) =>
        new ContainerSandbox(_engine, _commands, Image, folders, []).Arguments("syscall-bench-1", new ProcessRequest("make", "-C", "/src/linux"));

    private Task BuildAsync() => Toolchain().Open(_folders).RunAsync(new ProcessRequest("make", "bzImage"), TestContext.Current.CancellationToken);
}
