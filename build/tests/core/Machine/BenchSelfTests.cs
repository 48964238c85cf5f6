using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Machine;

/// <summary>tools/bench-self, without timing anything.</summary>
public sealed class BenchSelfTests : IDisposable
{
    private static readonly string Script = Path.Join(AppContext.BaseDirectory, "tools", "bench-self");

    private readonly ProcessRunner _processes = new();
    private readonly TempFolder _folder = new();
    private readonly List<string> _output = [];

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_Hold_What_Both_Files_Have_Against_Each_Other_When_Two_Are_Compared()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/jq"), "jq is not installed");
        var before = _folder.Write("before.json", """{ "results": [ { "command": "15 boots", "median": 9, "user": 8, "system": 2 }, { "command": "gone", "median": 1, "user": 1, "system": 0 } ] }""");
        var after = _folder.Write("after.json", """{ "results": [ { "command": "15 boots", "median": 4.5, "user": 7.5, "system": 2 }, { "command": "new", "median": 1, "user": 1, "system": 0 } ] }""");

        Assert.Equal(0, await RunAsync("--compare", before, after));

        Assert.Equal(["15", "boots", "9", "4.5", "0.5", "0.95"], Assert.Single(_output.Skip(1)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("--compare", "/nonexistent", "/nonexistent")]
    [InlineData("--runs=0")]
    [InlineData("nothing")]
    public async Task Should_Refuse_Before_Any_Work_When_An_Argument_Is_Wrong(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Single(_output);
    }

    [Fact]
    public async Task Should_Please_Shellcheck_When_It_Is_Installed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");

        var result = await _processes.RunAsync(new ProcessRequest("/usr/bin/shellcheck", Script) { OnLine = _output.Add }, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, string.Join('\n', _output));
    }

    private async Task<int> RunAsync(params string[] arguments) =>
        (await _processes.RunAsync(new ProcessRequest(Script, arguments) { OnLine = _output.Add }, TestContext.Current.CancellationToken)).ExitCode;
}
