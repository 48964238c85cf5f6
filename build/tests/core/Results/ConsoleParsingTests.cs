using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Results;

public sealed class ConsoleParsingTests : IDisposable
{
    private readonly EvaluationFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Write_Samples_And_Facts_Of_Every_Measured_Platform()
    {
        _fixture.WithBoots("floor", "floor.log").WithBoots("linux", "linux.log").WithoutBoots("unikraft", "no network");

        var step = _fixture.Parse();

        Assert.False(step.UpToDate);
        Assert.Equal(
            [_fixture.ParsedOf("floor", "csv"), _fixture.ParsedOf("floor", "json"), _fixture.ParsedOf("linux", "csv"), _fixture.ParsedOf("linux", "json")],
            Directory.EnumerateFiles(_fixture.Workspace.ParsedEvaluation, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal(1 + (2 * 20), File.ReadLines(_fixture.ParsedOf("floor", "csv")).Count());
    }

    [Fact]
    public void Should_Do_Nothing_When_Nothing_Changed_And_Say_What_Did()
    {
        _fixture.WithBoots("floor", "floor.log");
        _fixture.Parse();

        Assert.True(_fixture.Parse().UpToDate);
        File.AppendAllText(_fixture.LogOf("floor", 1), "one more line\n");
        var changed = _fixture.Parse();

        Assert.False(changed.UpToDate);
        Assert.Equal($"eval/raw/floor/{EvaluationFixture.SettingOf("floor").Name}/boot-001.log changed", changed.Reason);

        // What was changed is not what was measured.
        Assert.Equal(1, PlatformFacts.Read(_fixture.ParsedOf("floor", "json")).Boots);
    }

    [Theory]
    [InlineData("parse")]
    [InlineData("process")]
    public void Should_Be_Done_Again_When_Another_Program_Did_It(string step)
    {
        _fixture.WithBoots("floor", "floor.log");
        _fixture.Parse();
        _fixture.Processing().Run(TestContext.Current.CancellationToken);
        var state = Path.Combine(_fixture.Workspace.State, $"{step}.json");
        var program = typeof(ConsoleParsing).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..12];
        Assert.Contains(program, File.ReadAllText(state), StringComparison.Ordinal);
        File.WriteAllText(state, File.ReadAllText(state).Replace(program, "another", StringComparison.Ordinal));

        var parsed = _fixture.Parse();
        var processed = _fixture.Processing().Run(TestContext.Current.CancellationToken).Step;

        Assert.Equal((step != "parse", step != "process"), (parsed.UpToDate, processed.UpToDate));
        Assert.Contains("this program", (step == "parse" ? parsed : processed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Miss_No_Log_When_Fewer_Platforms_Are_Asked_For()
    {
        _fixture.WithBoots("floor", "floor.log").WithBoots("linux", "linux.log");
        _fixture.Parse();
        _fixture.Forget("linux");

        Assert.Equal("--platforms was floor,linux, is floor", _fixture.Parse().Reason);
    }

    [Fact]
    public void Should_Leave_Out_A_Boot_When_Its_Mitigations_Are_Not_What_Was_Asked_For()
    {
        _fixture.WithBoots("linux-nomitig", "linux.log");

        _fixture.Parse();

        Assert.Contains(
            "mitigations=off is missing in /proc/cmdline",
            File.ReadAllText(_fixture.ParsedOf("linux-nomitig", "json")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Log_And_The_Remedy_When_It_Is_Gone()
    {
        _fixture.WithBoots("floor", "floor.log");
        File.Delete(_fixture.LogOf("floor", 1));

        var error = Assert.Throws<UserError>(_fixture.Parse);

        Assert.Matches("boot-001.log.*--target=Run", error.Message);
    }

    [Fact]
    public void Should_Leave_Out_A_Boot_When_It_Measured_Something_Else_Than_The_Run_Asked_For()
    {
        _fixture.WithBoots("floor", "linux-stock-verbose.log");

        _fixture.Parse();

        Assert.Equal(0, PlatformFacts.Read(_fixture.ParsedOf("floor", "json")).Boots);
    }
}
