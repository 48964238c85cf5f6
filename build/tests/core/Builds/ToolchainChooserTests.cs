using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Builds;

public sealed class ToolchainChooserTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly FakeEngine _docker = new("docker") { RegistryAnswers = true };
    private readonly FakeEngine _podman = new("podman") { RegistryAnswers = true };
    private readonly FakeProcesses _commands = new();
    private readonly List<string> _said = [];

    public ToolchainChooserTests()
    {
        _files.Write("tools/toolchain/Dockerfile", "FROM debian:bookworm-slim\n");
        foreach (var tool in new[] { "gcc", "ld", "make" })
            _commands.Answer($"{tool} --version", 0, $"{tool} 1.0");
        _commands.Answer("toolchain-base", 0, "debian:bookworm-slim sha256:5678");
        _commands.Answer("indextargets", 0, "Debian-Security http://mirror/security/", "Debian http://mirror/debian/");
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("auto", true, true, "docker")]
    [InlineData("auto", false, true, "podman")]
    [InlineData("auto", false, false, "host")]
    [InlineData("host", true, true, "host")]
    [InlineData("podman", true, true, "podman")]
    public async Task Should_Choose_What_Was_Asked_For_Or_What_Answers(string choice, bool docker, bool podman, string expected)
    {
        (_docker.Answers, _podman.Answers) = (docker, podman);

        var toolchain = await ChooseAsync(choice);

        Assert.Equal(expected, toolchain.Name);
    }

    [Fact]
    public async Task Should_Fail_With_The_Remedy_When_The_Engine_Asked_For_Does_Not_Answer()
    {
        _docker.Answers = false;

        var error = await Assert.ThrowsAsync<UserError>(() => ChooseAsync("docker"));

        Assert.StartsWith("--toolchain=docker: docker's daemon does not answer; run: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Choose_The_Host_When_Its_Compilers_Are_Still_To_Be_Installed()
    {
        var bare = new ToolchainChooser(_files.Workspace, new NoPrograms(), [], isRoot: true);

        var toolchain = await bare.ChooseAsync("auto", _said.Add, TestContext.Current.CancellationToken);

        Assert.Equal("host", toolchain.Name);
        Assert.Empty(_said);
    }

    private sealed class NoPrograms : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(ProcessRequest command, CancellationToken cancellation) => throw new UserError($"{command.Program}: no such program on this machine");
    }

    [Fact]
    public async Task Should_Build_The_Image_Once_On_The_Registrys_Base()
    {
        await ChooseAsync("docker");
        await ChooseAsync("docker");

        Assert.Equal(["build with BASE=debian:bookworm-slim"], _docker.Done);
    }

    [Fact]
    public async Task Should_Build_Another_Image_When_The_Dockerfile_Changed()
    {
        await ChooseAsync("docker");
        _files.Write("tools/toolchain/Dockerfile", "FROM debian:bookworm-slim\nUSER nobody\n");

        await ChooseAsync("docker");

        Assert.Equal(2, _docker.Done.Count);
    }

    [Fact]
    public async Task Should_Make_A_Base_From_The_Machines_Own_Mirror_When_No_Registry_Answers()
    {
        _docker.RegistryAnswers = false;

        await ChooseAsync("docker");

        Assert.Contains(_commands.Runs, run => run.StartsWith("debootstrap --variant=minbase bookworm ", StringComparison.Ordinal) && run.EndsWith(" http://mirror/debian/", StringComparison.Ordinal));
        Assert.Equal(["import root.tar", "build with BASE=syscall-bench-base:bookworm"], _docker.Done);
    }

    [Fact]
    public async Task Should_Fall_Back_To_The_Host_And_Say_Why_When_No_Image_Can_Be_Made()
    {
        (_docker.RegistryAnswers, _podman.Answers) = (false, false);

        var toolchain = await ChooseAsync("auto", isRoot: false);

        Assert.Equal("host", toolchain.Name);
        Assert.Contains(_said, line => line.StartsWith("docker answers, and yet cannot be used: no base image can be had", StringComparison.Ordinal));
    }

    private Task<IToolchain> ChooseAsync(string choice, bool isRoot = true)
        => new ToolchainChooser(_files.Workspace, _commands, [_docker, _podman], isRoot)
            .ChooseAsync(choice, _said.Add, TestContext.Current.CancellationToken);
}
