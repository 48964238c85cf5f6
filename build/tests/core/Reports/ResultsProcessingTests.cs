using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class ResultsProcessingTests : IDisposable
{
    private readonly EvaluationFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Write_Every_File_And_The_Counts_That_Are_Known_By_Hand()
    {
        _fixture.WithBoots("floor", "floor.log").WithBoots("linux", "linux.log");

        var document = Process();

        Assert.Equal(5, Row(document, "floor", Call.Scall).Net!.Median);
        Assert.Equal(3, Row(document, "floor", Call.Fcall).Net!.Median);
        string[] others = ["distribution", "explain", "machines", "settings", "timeline"];
        Assert.All(Exporter.All.Where(exporter => !others.Contains(Path.GetFileNameWithoutExtension(exporter.FileName))), exporter => Assert.True(File.Exists(Path.Combine(_fixture.Workspace.Results, exporter.FileName)), exporter.FileName));
    }

    [Fact]
    public void Should_Write_Everything_Again_When_A_Crash_Left_Results_Of_Two_Runs()
    {
        _fixture.WithBoots("floor", "floor.log");
        Process();
        var sums = Path.Combine(_fixture.Workspace.Results, "SHA256SUMS");
        var expected = File.ReadAllText(sums);
        File.Delete(sums);
        File.WriteAllText(Path.Combine(_fixture.Workspace.Results, "table.csv"), "of another run");

        Process();

        Assert.Equal(expected, File.ReadAllText(sums));
        Assert.NotEqual("of another run", File.ReadAllText(Path.Combine(_fixture.Workspace.Results, "table.csv")));
    }

    [Fact]
    public void Should_Keep_The_Boots_That_Count_When_Another_Failed()
    {
        _fixture.WithBoots("floor", "floor.log", boots: 1, reason: "boot 1 failed: it hung");

        var document = Process();

        Assert.Equal(RowStatus.Measured, Row(document, "floor", Call.Scall).Status);
        Assert.Contains(document.Findings, finding => finding is { Severity: Severity.Error, Subject: "floor" } && finding.Seen.Contains("it hung", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Have_A_Row_With_The_Reason_When_A_Platform_Was_Not_Measured()
    {
        _fixture.WithBoots("floor", "floor.log").WithoutBoots("unikraft", "GitHub does not answer");

        var row = Row(Process(), "unikraft", Call.Scall);

        Assert.Equal((RowStatus.NotMeasured, "GitHub does not answer"), (row.Status, row.Reason));
    }

    [Fact]
    public void Should_Say_What_To_Run_When_Nothing_Was_Parsed()
    {
        _fixture.WithBoots("floor", "floor.log");
        _fixture.Parse();
        File.Delete(_fixture.ParsedOf("floor", "csv"));

        var error = Assert.Throws<UserError>(() => _fixture.Processing().Run(TestContext.Current.CancellationToken));

        Assert.EndsWith($"{Path.GetFileName(_fixture.ParsedOf("floor", "csv"))} is missing: run --target=Parse first, or leave --exclusive out", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true, 0)]
    [InlineData(6, false, 1)]
    public void Should_Show_A_Path_Only_When_It_Is_As_Long_As_Was_Measured(int total, bool shown, int findings)
    {
        _fixture.WithBoots("floor", "floor.log");
        var setting = Process().Settings[0];
        File.WriteAllText(_fixture.Workspace.ExplanationFile, JsonFormat.Serialize(new Explanation { Paths = [PathOf(total, setting)] }));

        var document = Process();

        Assert.Equal(shown, File.Exists(Path.Combine(_fixture.Workspace.Results, "explain.svg")));
        Assert.Equal(findings, document.Findings.Count(finding => finding.Seen.StartsWith("not explained", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_Write_Everything_Else_When_The_Explanation_Is_Damaged()
    {
        _fixture.WithBoots("floor", "floor.log");
        Directory.CreateDirectory(_fixture.Workspace.Results);
        File.WriteAllText(_fixture.Workspace.ExplanationFile, "{");

        var document = Process();

        Assert.Equal(5, Row(document, "floor", Call.Scall).Net!.Median);
        Assert.Contains(document.Findings, finding => finding.Subject == "explain.json");
    }

    private static ExplainedPath PathOf(int total, ResultSetting setting) => new()
    {
        Platform = "floor", Setting = setting.Name, Cpu = setting.Cpu!, Hashes = setting.Hashes, Call = Call.Scall, Syscall = "noop", Total = total, Symbols = "floor.elf",
        Functions = [new ExplainedFunction("syscall_from_ring3", total, Category.TheCallItself)],
        Steps = [.. Enumerable.Repeat(new ExplainedStep("syscall_from_ring3", Category.TheCallItself, "0", "nop", null), total)],
    };

    [Fact]
    public void Should_Have_The_Rows_Of_Every_Setting_When_A_Run_Has_Several()
    {
        var document = Process(_fixture.WithTwoModels());

        var rows = document.Rows.Where(row => row.Call == Call.Scall).ToList();
        Assert.Equal([240, 253, 240, 270], rows.Select(row => row.Net?.Median));
        Assert.Equal(["Skylake-Client-v1", "Skylake-Client-v1", "EPYC-v1", "EPYC-v1"], rows.Select(row => document.SettingOf(row)?.Cpu));
        Assert.All(document.Ratios, ratio => Assert.Equal(CpuOf(ratio.Setting), CpuOf(ratio.BaseSetting)));
        Assert.Equal([240 / 253.0, 240 / 270.0], rows.Where(row => row.Platform == "linux-nomitig").Select(row => ResultTable.Ratio(document, row)?.Ratio));
        Assert.Contains("AuthenticAMD", Provenance.Find(document.Provenance.Guests, rows[3])!["cpuid.vendor"], StringComparison.Ordinal);

        string? CpuOf(string? setting) => document.Settings.Single(each => each.Name == setting).Cpu;
    }

    [Theory]
    [InlineData("table.csv")]
    [InlineData("table.md")]
    [InlineData("table.tex")]
    [InlineData("table.txt")]
    [InlineData("report.html")]
    [InlineData("summary.txt")]
    public void Should_Say_The_Model_In_A_File_Only_When_It_Varies(string file)
    {
        Process(_fixture.WithTwoModels());
        var several = File.ReadAllText(Path.Combine(_fixture.Workspace.Results, file));
        using var other = new EvaluationFixture();
        Process(other.WithBoots("linux-nomitig", "linux-nomitig-epyc.log").WithBoots("linux", "linux-epyc.log"));
        var one = File.ReadAllText(Path.Combine(other.Workspace.Results, file));

        var column = file == "table.csv" ? ",cpu\n" : "CPU model";
        Assert.Contains(column, several, StringComparison.Ordinal);
        Assert.DoesNotContain(file == "report.html" ? ">CPU model<" : column, one, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table.csv")]
    [InlineData("table.md")]
    [InlineData("table.tex")]
    [InlineData("table.txt")]
    [InlineData("report.html")]
    [InlineData("summary.txt")]
    [InlineData("settings.svg")]
    public void Should_Name_Each_Kernel_In_Every_File_When_There_Are_Several(string file)
    {
        Process(_fixture.WithTwoKernels());

        Assert.Contains("6.12", File.ReadAllText(Path.Combine(_fixture.Workspace.Results, file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Keep_Kernels_Apart_In_The_Results()
    {
        var document = Process(_fixture.WithTwoKernels());

        var rows = document.Rows.Where(row => row.Call == Call.Scall).ToList();
        Assert.Equal([("6.1", 240), ("6.1", 253), ("6.12", 240), ("6.12", 270)], rows.Select(row => (row.Kernel, row.Net?.Median)));
        Assert.Equal("kernel", Assert.Single(Dimensions.Varying(document)).Key);
        Assert.Equal([240 / 253.0, 240 / 270.0], rows.Where(row => row.Platform == "linux-nomitig").Select(row => ResultTable.Ratio(document, row)?.Ratio));
        Assert.Equal("A system call executes 253 (6.1) to 270 instructions (6.12) on Linux; 240 instructions on Linux, no mitigations.", Answer.Of(document)[0]);
    }

    [Fact]
    public void Should_Compare_Calls_With_The_Same_Call_Only_When_A_Run_Has_Several()
    {
        var (read, clock) = (Syscalls.Measured.Single(call => call.Name == "read"), Syscalls.Measured.Single(call => call.Name == "clock_gettime"));
        _fixture.WithBoots("linux", "linux-skylake.log").WithBoots("linux", "linux-read.log", call: read).WithBoots("linux", "linux-clock.log", call: clock)
            .WithBoots("unikraft", "unikraft-clock.log", call: clock).WithoutBoots("unikraft", "it has none", read).WithoutBoots("floor", "it has none", read).WithoutBoots("floor", "it has none", clock);

        var document = Process();

        var calls = document.Rows.Where(row => row.Call == Call.Scall).ToList();
        Assert.Equal(
            ["linux noop 253", "linux read 401", "linux clock_gettime 414", "unikraft clock_gettime 116", "unikraft read -", "floor read -", "floor clock_gettime -"],
            calls.Select(row => $"{row.Platform} {row.Syscall} {Readable.Number(row.Net?.Median)}"));
        Assert.Equal(116 / 414.0, ResultTable.Ratio(document, calls[3])?.Ratio);
        Assert.Contains(("floor", "read, clock_gettime: it has none"), ResultTable.NotMeasured(document));
        Assert.True(File.Exists(Path.Combine(_fixture.Workspace.Results, "settings.svg")));
        Assert.False(File.Exists(Path.Combine(_fixture.Workspace.Results, "bars.svg")));
    }

    [Fact]
    public void Should_Draw_A_Panel_For_Each_Platform_When_One_Thing_Varies()
    {
        var report = new Report(Process(_fixture.WithTwoModels()), []);

        Assert.Equal("Linux, no mitigations: Skylake-Client-v1 240, EPYC-v1 240; Linux: Skylake-Client-v1 253, EPYC-v1 270", SettingsPlot.Of(report)!.Description);
    }

    private ResultsDocument Process() => Process(_fixture);

    private static ResultsDocument Process(EvaluationFixture fixture)
    {
        fixture.Parse();
        return fixture.Processing().Run(TestContext.Current.CancellationToken).Document;
    }

    private static ResultRow Row(ResultsDocument document, string platform, Call call) =>
        document.Rows.Single(row => row.Platform == platform && row.Call == call);
}
