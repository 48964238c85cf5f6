using Cake.Core;
using Cake.Docker;

namespace SyscallBench.Polyfills.Tests.Docker;

public sealed class DockerAliasesTests : IDisposable
{
    private readonly ContextFixture _fixture = new();

    public DockerAliasesTests() => _fixture.Install("docker");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Build_From_A_Folder_With_Spaces()
    {
        var settings = new DockerImageBuildSettings { File = "tools/Dockerfile", NoCache = true, Pull = false, Tag = ["one", "two"], BuildArg = ["A=b c"] };

        _fixture.Context.DockerBuild(settings, "a folder");

        Assert.Equal(
            ["docker image build --build-arg \"A=b c\" --file \"tools/Dockerfile\" --no-cache --tag \"one\" --tag \"two\" \"a folder\""],
            _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Run_With_Settings_And_Return_First_Line()
    {
        _fixture.Runner.Output = ["first", "second"];
        var settings = new DockerContainerRunSettings { Rm = true, Network = "none", User = "1:2", Volume = ["/a b:/work"], Workdir = "/work" };

        var line = _fixture.Context.DockerRun(settings, "image", "make", "-j2", "all");

        Assert.Equal("first", line);
        Assert.Equal(
            ["docker run --network \"none\" --rm --user \"1:2\" --volume \"/a b:/work\" --workdir \"/work\" image make -j2 all"],
            _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Run_Image_Alone_When_There_Is_No_Command()
    {
        _fixture.Context.DockerRunWithoutResult("image", string.Empty, "ignored");

        Assert.Equal(["docker run image"], _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Remove_Containers()
    {
        _fixture.Context.DockerRm(new DockerContainerRmSettings { Force = true }, "one", "two");

        Assert.Equal(["docker rm --force one two"], _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Tag()
    {
        _fixture.Context.DockerTag("old", "new");

        Assert.Equal(["docker tag old new"], _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Return_All_Lines_When_Command_Is_Custom()
    {
        _fixture.Runner.Output = ["20.10", "more"];

        var lines = _fixture.Context.DockerCustomCommand("version --format {{.Server.Version}}").ToList();

        Assert.Equal(["20.10", "more"], lines);
        Assert.Equal("docker version --format {{.Server.Version}}", string.Join(' ', _fixture.Runner.Started[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Should_Run_Another_Client_When_Tool_Path_Says_So()
    {
        var podman = _fixture.Install("podman");

        _fixture.Context.DockerRunWithoutResult(new DockerContainerRunSettings { ToolPath = podman }, "image", "true");

        Assert.Equal(["podman run image true"], _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Throw_When_Docker_Fails()
    {
        _fixture.Runner.ExitCode = 125;

        var error = Assert.Throws<CakeException>(() => _fixture.Context.DockerBuild("folder"));

        Assert.Equal("Docker: Process returned an error (exit code 125).", error.Message);
    }

    [Fact]
    public void Should_Throw_When_There_Is_No_Docker()
    {
        using var bare = new ContextFixture();

        var error = Assert.Throws<CakeException>(() => bare.Context.DockerBuild("folder"));

        Assert.Equal("Docker: Could not locate executable.", error.Message);
    }
}
