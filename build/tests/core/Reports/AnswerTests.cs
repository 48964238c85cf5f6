using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class AnswerTests
{
    [Fact]
    public void Should_Give_Net_Instructions_And_Not_Speak_Of_Cost_When_They_Were_Counted()
    {
        var answer = Answer.Of(SampleReports.Tcg().Document);

        Assert.Equal("A system call on Linux 6.1 executes 247 instructions, 3.2 times Unikraft's 78; mitigations are 18 of them.", answer[0]);
        Assert.Contains("not time", answer[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Give_Net_Cycles_When_They_Were_Measured()
    {
        var answer = Answer.Of(SampleReports.Kvm().Document);

        Assert.StartsWith("A system call on Linux 6.1 costs 220.4 TSC cycles, 2.7 times Unikraft's 82.9; mitigations are 67", answer[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unikraft,linux-nomitig", "247", "Unikraft")]
    [InlineData("linux,linux-nomitig", "Unikraft executes 78", "times")]
    [InlineData("linux", "without mitigations executes 229 instructions, 2.9 times Unikraft's 78", "of them")]
    [InlineData("linux,linux-nomitig,unikraft", "the floor guest", "times")]
    public void Should_Speak_Of_What_There_Is_When_Platforms_Are_Missing(string missing, string expected, string unexpected)
    {
        var answer = Answer.Of(Without(SampleReports.Tcg().Document, missing.Split(',')))[0];

        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(unexpected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Claim_Nothing_When_Nothing_Was_Measured()
    {
        Assert.Single(Answer.Of(SampleReports.Empty().Document));
    }

    [Fact]
    public void Should_Find_No_Difference_When_Intervals_Overlap()
    {
        var document = SampleReports.Kvm().Document;
        var noisy = document with { Rows = [.. document.Rows.Select(Noisy)] };

        Assert.Contains("no difference beyond noise", Answer.Of(noisy)[0], StringComparison.Ordinal);
        Assert.DoesNotContain("of them", Answer.Of(noisy)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Compare_Plainly_When_There_Is_One_Sample()
    {
        var document = SampleReports.Tcg().Document;
        var single = document with { Rows = [.. document.Rows.Select(row => row with { Samples = 1, Ci95 = null, Net = row.Net is { } net ? net with { Ci95 = null } : null })] };

        Assert.DoesNotContain("noise", Answer.Of(single)[0], StringComparison.Ordinal);
        Assert.DoesNotContain(TerminalSummary.Lines(single, "results"), line => line.Contains('~', StringComparison.Ordinal) || line.Contains("noise", StringComparison.Ordinal));
    }

    private static ResultRow Noisy(ResultRow row) =>
        row is { Call: Call.Scall, Net: { } net } ? row with { Net = net with { Ci95 = new Interval(1, 500) } } : row;

    private static ResultsDocument Without(ResultsDocument document, params string[] platforms) =>
        document with { Rows = [.. document.Rows.Where(row => !platforms.Contains(row.Platform))] };
}
