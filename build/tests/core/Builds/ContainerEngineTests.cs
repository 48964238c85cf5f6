using SyscallBench.Builds;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Builds;

public sealed class ContainerEngineTests
{
    private static readonly string[] _arguments = ["BASE=base:1"];

    private readonly FakeProcesses _commands = new();

    [Fact]
    public async Task Should_Give_The_Exact_Arguments()
    {
        var engine = new ContainerEngine("podman", _commands.Answer("image inspect", 0, "2f993c47505d"));

        var id = await engine.ImageIdAsync("syscall-bench-toolchain:1", Cancellation);
        await engine.ImportAsync("/tmp/root.tar", "base:1", Cancellation);
        await engine.BuildAsync("/tools/toolchain", _arguments, "syscall-bench-toolchain:1", Cancellation);
        await engine.KillAsync("syscall-bench-2");

        Assert.Equal("sha256:2f993c47505d", id);
        Assert.Equal(
            [
                "podman image inspect --format {{.Id}} syscall-bench-toolchain:1",
                "podman import /tmp/root.tar base:1",
                "podman build --build-arg BASE=base:1 --tag syscall-bench-toolchain:1 /tools/toolchain",
                "podman kill syscall-bench-2",
                "podman rm --force syscall-bench-2",
            ],
            _commands.Runs);
    }

    [Fact]
    public async Task Should_Say_What_The_Engine_Said_When_It_Refuses()
    {
        var engine = new ContainerEngine("podman", _commands.Answer("build", 100, "STEP 2", "E: Unable to locate package gcc", ""));

        var error = await Assert.ThrowsAsync<UserError>(() => engine.BuildAsync("/f", _arguments, "image:1", Cancellation));

        Assert.EndsWith("E: Unable to locate package gcc", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker", "docker: no such program on this machine; install it", "docker is not installed; run: sudo apt-get install -y docker.io")]
    [InlineData("podman", "podman: no such program on this machine; install it", "podman is not installed; run: sudo apt-get install -y podman")]
    [InlineData("docker", "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock", "docker may not be used by you; run: sudo usermod -aG docker")]
    [InlineData("docker", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "docker's daemon does not answer; run: sudo systemctl start docker")]
    public async Task Should_Name_The_Command_That_Mends_It(string name, string line, string expected)
    {
        var why = await new ContainerEngine(name, _commands.Answer("version", 1, line)).WhyUnusableAsync(Cancellation);

        Assert.StartsWith(expected, why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Find_Nothing_Wrong_When_The_Engine_Answers()
    {
        Assert.Null(await new ContainerEngine("docker", _commands).WhyUnusableAsync(Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
