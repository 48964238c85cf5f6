using Cake.Core;
using Cake.Docker;

namespace SyscallBench.Polyfills.Tests.Docker;

public sealed class DockerAliasesTests : IDisposable
{
    private readonly ContextFixture _fixture = new();

    public DockerAliasesTests() => _fixture.Install("docker");

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("a folder")]
    [InlineData("\"a folder\"")]
    public void Should_Build_From_A_Folder_With_Spaces(string folder)
    {
        var settings = new DockerImageBuildSettings { Tag = ["one", "two"], BuildArg = ["A=b c"] };

        _fixture.Context.DockerBuild(settings, folder);

        Assert.Equal(["docker image build --build-arg \"A=b c\" --tag \"one\" --tag \"two\" \"a folder\""], _fixture.Runner.Started);
    }

    [Fact]
    public void Should_Return_All_Lines_When_Command_Is_Custom()
    {
        _fixture.Runner.Output = ["20.10", "more"];

        var lines = _fixture.Context.DockerCustomCommand(new DockerCustomCommandSettings(), "version --format {{.Server.Version}}").ToList();

        Assert.Equal(["20.10", "more"], lines);
        Assert.Equal("docker version --format {{.Server.Version}}", string.Join(' ', _fixture.Runner.Started[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Should_Make_An_Option_Of_What_Settings_Inherit()
    {
        var settings = new DockerCustomCommandSettings { ToolTimeout = TimeSpan.FromMinutes(61) };

        Assert.Throws<TimeoutException>(() => _fixture.Context.DockerCustomCommand(settings, "version"));

        Assert.StartsWith("docker version --tool-timeout 1h1m0s", _fixture.Runner.Started[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Throw_When_Docker_Fails()
    {
        _fixture.Runner.ExitCode = 125;

        var error = Assert.Throws<CakeException>(() => _fixture.Context.DockerBuild(null, "folder"));

        Assert.Equal("Docker: Process returned an error (exit code 125).", error.Message);
    }

    [Fact]
    public void Should_Throw_When_There_Is_No_Docker()
    {
        using var bare = new ContextFixture();

        var error = Assert.Throws<CakeException>(() => bare.Context.DockerBuild(null, "folder"));

        Assert.Equal("Docker: Could not locate executable.", error.Message);
    }
}
