using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class AnswerTests
{
    [Fact]
    public void Should_Speak_Of_Instructions_And_Not_Of_Cost_When_They_Were_Counted()
    {
        var answer = Answer.Of(SampleReports.Tcg().Document);

        Assert.Equal("A system call on Linux 6.1 executes 3.2 times Unikraft's instructions (247 against 78 instructions); mitigations are 7 % of them.", answer[0]);
        Assert.Contains("say nothing about time", answer[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Speak_Of_Cost_When_Cycles_Were_Measured()
    {
        var answer = Answer.Of(SampleReports.Kvm().Document);

        Assert.StartsWith("A system call on Linux 6.1 costs 2.7 times Unikraft's (220.4 against 82.9 TSC cycles); mitigations are 31 % of it.", answer[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Leave_Out_What_Is_Missing_When_Unikraft_Was_Not_Measured()
    {
        var answer = Answer.Of(Without(SampleReports.Tcg().Document, "unikraft", "linux-nomitig"));

        Assert.Equal("A system call on Linux 6.1 executes 247 instructions.", answer[0]);
    }

    [Fact]
    public void Should_Say_That_Linux_Is_Missing_When_Only_Unikraft_Was_Measured()
    {
        var answer = Answer.Of(Without(SampleReports.Kvm().Document, "linux"));

        Assert.Equal("A system call on Unikraft costs 82.9 TSC cycles; Linux was not measured.", answer[0]);
    }

    [Fact]
    public void Should_Claim_Nothing_When_Nothing_Was_Measured()
    {
        var answer = Answer.Of(SampleReports.Empty().Document);

        Assert.Equal("No system call of Linux or Unikraft was measured in this run.", answer[0]);
    }

    [Fact]
    public void Should_Find_No_Difference_When_Intervals_Overlap()
    {
        var document = SampleReports.Kvm().Document;
        var noisy = document with { Rows = [.. document.Rows.Select(Noisy)] };

        Assert.Contains("no difference that noise could not explain", Answer.Of(noisy)[0], StringComparison.Ordinal);
        Assert.Contains("mitigations cost nothing that could be told from noise", Answer.Of(noisy)[0], StringComparison.Ordinal);
    }

    private static ResultRow Noisy(ResultRow row) =>
        row is { Call: Call.Scall, Net: { } net } ? row with { Net = net with { Ci95 = new Interval(1, 500) } } : row;

    private static ResultsDocument Without(ResultsDocument document, params string[] platforms) =>
        document with { Rows = [.. document.Rows.Where(row => !platforms.Contains(row.Platform))] };
}
