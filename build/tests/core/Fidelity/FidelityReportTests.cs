using SyscallBench.Fidelity;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Fidelity;

/// <summary>On counts that real kernels gave.</summary>
public sealed class FidelityReportTests
{
    [Fact]
    public void Should_Pass_The_Faithful_Kernel()
    {
        var report = Measured();

        report.Require();
        Assert.Equal(16, report.Cells.Count);
        Assert.Equal("getppid on Skylake-Client-v1 with mitigations on", report.Worst.Cell.ToString());
        Assert.Equal(-4.0 / 341, report.Worst.Difference);
    }

    // Linux 6.1 trimmed for build time, then with options named one by one: what it takes to look faithful, and is not.
    [Theory]
    [InlineData(242, 228, 202, 188, 4)]
    [InlineData(339, 322, 257, 245, 2)]
    public void Should_Fail_A_Kernel_That_Was_Trimmed_Too_Far(double parentOn, double parentOff, double userOn, double userOff, int cells)
    {
        var report = Report(
            Cell("getppid", Mitigations.On, 348, parentOn),
            Cell("getppid", Mitigations.Off, 329, parentOff),
            Cell("getuid", Mitigations.On, 307, userOn),
            Cell("getuid", Mitigations.Off, 292, userOff));

        var error = Assert.Throws<UserError>(report.Require);

        Assert.Equal(cells, report.Unfaithful.Count(result => Math.Abs(result.Difference) > 0.1));
        Assert.All(report.Unfaithful, result => Assert.Contains(result.Cell.ToString(), error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Fail_In_Every_Cell_When_The_Random_Stack_Offset_Is_Switched_Off()
    {
        var report = Measured("fidelity-no-kstack-offset.json");

        Assert.Throws<UserError>(report.Require);

        Assert.Equal(16, report.Unfaithful.Count);
        Assert.All(report.Cells, result => Assert.InRange(result.Stock.Net - result.Ours.Net, 14, 18));
    }

    // What leaving out one option took off a call's path on Linux 6.1 (linux/README.md); null for every call.
    [Theory]
    [InlineData("X86_DEBUG_FPU", null, 16)]
    [InlineData("RANDOMIZE_KSTACK_OFFSET", null, 16)]
    [InlineData("FUNCTION_TRACER", null, 10)]
    [InlineData("PREEMPT_DYNAMIC", "getppid", 25)]
    [InlineData("USER_NS", "getuid", 35)]
    public void Should_Fail_When_An_Option_That_Matters_Is_Left_Out(string option, string? call, int instructions)
    {
        var faithful = Measured();
        var without = faithful with
        {
            Ours = $"without {option}",
            Cells = [.. faithful.Cells.Select(result => call is null || result.Call == call ? Less(result, instructions) : result)],
        };

        var error = Assert.Throws<UserError>(without.Require);

        Assert.All(without.Unfaithful, result => Assert.Contains(result.Cell.ToString(), error.Message, StringComparison.Ordinal));
        Assert.All(without.Unfaithful, result => Assert.True(result.Difference < 0));
    }

    [Theory]
    [InlineData(98, true)]
    [InlineData(102, true)]
    [InlineData(97.9, false)]
    [InlineData(102.1, false)]
    public void Should_Draw_The_Line_At_Two_Percent_Either_Way(double ours, bool passes)
        => Assert.Equal(passes, Report(Cell("getppid", Mitigations.On, 103, ours + 3)).Faithful);

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Print_The_Same_Table_In_Every_Culture(string culture)
    {
        using var _ = new InCulture(culture);

        Snapshot.Match("fidelity.txt", string.Join('\n', Measured().CountLines()) + "\n");
    }

    [Fact]
    public void Should_Come_Back_From_Its_File_As_It_Was()
    {
        var report = Measured();
        using var files = new TemporaryWorkspace();

        report.Write(files.Workspace);

        var again = JsonFormat.Read<FidelityReport>(Path.Combine(files.Workspace.Results, "fidelity.json"), FidelityReport.CurrentSchema, "");
        Assert.Equal(report.Cells, again.Cells);
    }

    private static FidelityReport Measured(string name = "fidelity.json") =>
        JsonFormat.Read<FidelityReport>(Captured.PathOf(name), FidelityReport.CurrentSchema, "");

    private static FidelityReport Report(params FidelityResult[] results) => new() { Stock = "stock", Ours = "ours", Cells = results };

    private static FidelityResult Less(FidelityResult result, int instructions) =>
        result with { Ours = result.Ours with { Raw = result.Ours.Raw - instructions, Net = result.Ours.Net - instructions } };

    // Raw counts, in a loop of 3 instructions.
    private static FidelityResult Cell(string call, Mitigations mitigations, double stock, double ours) =>
        new("Skylake-Client-v1", mitigations, call, 0, new InstructionCount(stock, stock - 3, 5, 5), new InstructionCount(ours, ours - 3, 5, 5));
}
