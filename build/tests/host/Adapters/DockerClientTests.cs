using System.Diagnostics;

namespace SyscallBench.Build.Tests.Adapters;

/// <summary>What the real program tells the docker client: a script of that name on the PATH writes down its arguments, one in brackets each.</summary>
public sealed class DockerClientTests : IDisposable
{
    // Knows the image it has built, and no other.
    private const string Client = """
        #!/bin/bash
        here=$(dirname "$0")
        { printf '[%s]' "$@"; echo; } >>"$here/asked"
        case "$1 $2" in
        "image build") echo $$ >"$here/building"; eval "$(cat "$here/build")"; touch "$here/built" ;;
        "image inspect") [[ -f $here/built ]] && echo sha256:0123 || { echo "Error: No such image" >&2; exit 1; } ;;
        run*) echo "gcc 1.2" ;;
        esac
        """;

    private readonly ProgramFixture _fixture = new();

    public DockerClientTests()
    {
        _fixture.Touch("tools", "toolchain", "Dockerfile");
        _fixture.Touch("bin", "docker");
        File.WriteAllText(_fixture.Path("bin", "docker"), Client);
        File.SetUnixFileMode(_fixture.Path("bin", "docker"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Building("true");
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Give_The_Exact_Command_Line_When_Paths_Have_Quotes_And_Spaces()
    {
        var ended = await Setup();

        // The name has the empty Dockerfile's hash.
        const string Image = "syscall-bench-toolchain:e3b0c44298fc";
        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.Equal(
            [
                "[version]",
                $"[image][inspect][--format][{{{{.Id}}}}][{Image}]",
                "[image][inspect][--format][{{.Id}}][debian:bookworm-slim]",
                "[pull][--quiet][debian:bookworm-slim]",
                "[image][inspect][--format][{{.Id}}][debian:bookworm-slim]",
                $"[image][build][--build-arg][BASE=debian:bookworm-slim][--build-arg][BASE_DIGEST=unknown][--tag][{Image}][{_fixture.Path("tools", "toolchain")}]",
                $"[image][inspect][--format][{{{{.Id}}}}][{Image}]",
            ],
            File.ReadLines(_fixture.Path("bin", "asked")).TakeWhile(line => !line.StartsWith("[run]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_Say_What_The_Client_Said_When_It_Fails()
    {
        Building("echo 'E: Unable to locate package gcc' >&2; exit 100");

        var ended = await Setup();

        Assert.Equal(1, ended.ExitCode);
        Assert.EndsWith("E: Unable to locate package gcc\n", ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Should_End_The_Client_When_Interrupted()
    {
        Building("kill -TERM $PPID; exec sleep 300");

        var ended = await Setup();

        var client = int.Parse(File.ReadAllText(_fixture.Path("bin", "building")), CultureInfo.InvariantCulture);
        Assert.Equal(130, ended.ExitCode);
        Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == client);
    }

    private void Building(string commands) => File.WriteAllText(_fixture.Path("bin", "build"), commands);

    private Task<Ended> Setup() => _fixture.Run(
        new Dictionary<string, string> { ["PATH"] = _fixture.Path("bin") + ":" + Environment.GetEnvironmentVariable("PATH") }, "--target=Setup", "--toolchain=docker", "--setup=never");
}
