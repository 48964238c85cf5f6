using SyscallBench.Builds;
using SyscallBench.Steps;

namespace SyscallBench.Tests.Builds;

/// <summary>Builds a program of one line with the real make and gcc, through the two steps that have a Makefile of ours.</summary>
public sealed class MakeBuildTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly ThisMachine _machine;

    public MakeBuildTests(ThisMachine machine)
    {
        _machine = machine;
        Assert.SkipUnless(File.Exists("/usr/bin/make") && File.Exists("/usr/bin/gcc"), "gcc and make are not installed");
        _files.Write("bench-src/benchmark/bench.c", "int answer = 42;\n");
        _files.Write("bench-src/benchmark/Makefile", "$(O)/syscallbench: bench.c\n\tgcc -c -o $@ $<\n");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Build_Once_And_Then_Find_Nothing_To_Do()
    {
        var first = await BuildAsync();
        var second = await BuildAsync();

        Assert.Equal((false, "first time"), (first.UpToDate, first.Reason));
        Assert.Equal((true, "nothing changed"), (second.UpToDate, second.Reason));
        Assert.Equal(first.Outputs, second.Outputs);
        Assert.Equal(_files.Workspace.BenchmarkElf, second.MainOutput);
        Assert.StartsWith("gcc", second.Facts["gcc"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_Compilers_Error_And_The_Log_When_The_Build_Fails()
    {
        _files.Write("bench-src/benchmark/bench.c", "int answer = ;\n");

        var error = await Assert.ThrowsAsync<BuildError>(BuildAsync);

        Assert.Matches(@"^building the benchmark failed: bench\.c:1:14: error: expected expression .* the whole log is .*benchmark\.log$", error.Message);
        Assert.Contains("make -C", File.ReadAllText(Path.Combine(_files.Workspace.Logs, "benchmark.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Build_Again_And_Keep_No_Record_When_The_Last_Try_Failed()
    {
        await BuildAsync();
        _files.Write("bench-src/benchmark/bench.c", "int answer = ;\n");
        await Assert.ThrowsAsync<BuildError>(BuildAsync);
        _files.Write("bench-src/benchmark/bench.c", "int answer = 43;\n");

        var mended = await BuildAsync();

        Assert.Equal("bench.c changed", mended.Reason);
        Assert.Empty(Directory.GetFileSystemEntries(_files.Workspace.Temporary));
    }

    [Theory]
    [InlineData("\"CC=gcc\"", "make options was another, is CC=gcc")]
    [InlineData("\"1619395200\"", "environment SOURCE_DATE_EPOCH was another, is 1619395200")]
    public async Task Should_Build_Again_When_The_Last_One_Was_Made_Another_Way(string recorded, string reason)
    {
        await BuildAsync();
        var state = Path.Combine(_files.Workspace.State, "benchmark.json");
        File.WriteAllText(state, File.ReadAllText(state).Replace(recorded, "\"another\"", StringComparison.Ordinal));

        var again = await BuildAsync();

        Assert.Equal(reason, again.Reason);
    }

    [Fact]
    public async Task Should_Say_So_When_The_Build_Left_No_Output()
    {
        _files.Write("bench-src/benchmark/Makefile", "all:\n\ttrue\n");

        var error = await Assert.ThrowsAsync<UserError>(BuildAsync);

        Assert.EndsWith("syscallbench", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Remove_What_A_Killed_Run_Left_Behind()
    {
        _files.Write("artifacts/tmp/benchmark.4194305.0123456789abcdef/half.o", "");

        await BuildAsync();

        Assert.Empty(Directory.GetFileSystemEntries(_files.Workspace.Temporary));
    }

    [Fact]
    public async Task Should_Let_Nothing_Of_The_Callers_Environment_Through()
    {
        _files.Write("bench-src/benchmark/Makefile", "all:\n\tenv | cut -d= -f1 | sort > $(O)/syscallbench\n");

        var result = await BuildAsync();

        var names = File.ReadAllLines(result.MainOutput);
        Assert.DoesNotContain("USER", names);
        Assert.DoesNotContain("DOTNET_ROOT", names);
        Assert.Contains("SOURCE_DATE_EPOCH", names);
    }

    private Task<StepResult> BuildAsync() => MakeBuild.Benchmark(_files.Workspace, _machine.Toolchain).RunAsync(TestContext.Current.CancellationToken);
}
