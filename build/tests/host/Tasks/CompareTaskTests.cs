using SyscallBench.Results;

namespace SyscallBench.Build.Tests.Tasks;

public sealed class CompareTaskTests : IDisposable
{
    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Be_Same_On_Every_Row_When_A_Run_Is_Compared_With_Itself()
    {
        Write("results.json", 253, 84);

        var saved = await _fixture.Run("--target=Compare", "--save-baseline=main");
        var ended = await _fixture.Run("--target=Compare", "--baseline=main");

        Assert.Equal((0, 0), (saved.ExitCode, ended.ExitCode));
        Assert.Contains("2 rows same, 0 faster, 0 slower", ended.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_fixture.Path("results", "compare.md")));
    }

    [Fact]
    public async Task Should_Exit_With_1_And_Name_The_Row_When_It_Is_Three_Percent_Slower()
    {
        Write("before.json", 253, 84);
        Write("results.json", 253, 84 * 1.03);

        var ended = await _fixture.Run("--target=Compare", $"--baseline={_fixture.Path("results", "before.json")}", "--threshold=2%");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("unikraft scall +3 %", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "bad.json:1 ")]
    [InlineData("{ \"schema\": \"syscall-bench/results/v9\" }", "v9")]
    [InlineData("", "bad.json:1 ")]
    public async Task Should_Exit_With_1_And_One_Line_When_A_File_Is_Not_What_It_Should_Be(string content, string expected)
    {
        Write("results.json", 253, 84);
        File.WriteAllText(_fixture.Path("results", "bad.json"), content);

        var ended = await _fixture.Run("--target=Compare", $"--baseline={_fixture.Path("results", "bad.json")}");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("bad.json", ended.Errors, StringComparison.Ordinal);
        Assert.Contains(expected, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Exit_With_1_Unless_Allowed_When_A_Row_Is_Gone()
    {
        Write("before.json", 253, 84);
        Write("results.json", 253, null);

        var gone = await _fixture.Run("--target=Compare", $"--baseline={_fixture.Path("results", "before.json")}");
        var allowed = await _fixture.Run("--target=Compare", $"--baseline={_fixture.Path("results", "before.json")}", "--allow-missing");

        Assert.Equal((1, 0), (gone.ExitCode, allowed.ExitCode));
        Assert.Contains("unikraft", gone.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Exit_With_2_When_There_Is_Nothing_To_Compare_With()
    {
        Write("results.json", 253, 84);

        var unnamed = await _fixture.Run("--target=Compare");
        var unknown = await _fixture.Run("--target=Compare", "--baseline=mian");

        Assert.Equal((2, 2), (unnamed.ExitCode, unknown.ExitCode));
        Assert.Contains("--baseline=mian: ", unknown.Errors, StringComparison.Ordinal);
    }

    private void Write(string file, double linux, double? unikraft)
    {
        Directory.CreateDirectory(_fixture.Path("results"));
        ResultsFile.Write(_fixture.Path("results", file), new ResultsDocument
        {
            Accelerator = "tcg",
            Unit = Unit.Instructions,
            Rows = unikraft is { } known ? [Row("linux", linux), Row("unikraft", known)] : [Row("linux", linux)],
            Provenance = new Provenance
            {
                Version = "1.0.0",
                Started = DateTimeOffset.UnixEpoch,
                CommandLine = [],
                Seed = 1,
                AcceleratorReason = "asked for",
                Runs = 3,
                Rounds = 20,
                Iterations = 1000,
                Warmup = 1,
                GuestCpu = "Skylake-Client-v1",
            },
        });
    }

    private static ResultRow Row(string platform, double median) => new()
    {
        Platform = platform,
        Call = Call.Scall,
        Status = RowStatus.Measured,
        Unit = Unit.Instructions,
        Boots = 3,
        Samples = 60,
        Median = median,
        Ci95 = new Interval(median, median),
    };
}
