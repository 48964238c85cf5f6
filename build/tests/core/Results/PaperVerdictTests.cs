using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Results;

public sealed class PaperVerdictTests
{
    [Fact]
    public void Should_Be_Reproduced_When_Ratios_Are_The_Published_Ones()
    {
        var verdicts = PaperVerdict.Of(SampleReports.Kvm().Document);

        Assert.All(verdicts, verdict => Assert.Equal(Outcome.Reproduced, verdict.Outcome));
        Assert.Equal(["linux / unikraft", "linux-nomitig / unikraft", "linux / linux-nomitig", "unikraft scall / fcall"], verdicts.Select(verdict => verdict.Claim.Name));
    }

    [Fact]
    public void Should_Show_Ratios_Without_A_Verdict_When_Instructions_Were_Counted()
    {
        var verdicts = PaperVerdict.Of(SampleReports.Tcg().Document);

        Assert.All(verdicts, verdict => Assert.Equal((Outcome.NotComparable, "instruction counts cannot reproduce cycles"), (verdict.Outcome, verdict.Reason)));
        Assert.Equal(253.0 / 84, verdicts[0].Measured!.Value.Value, 9);
    }

    [Fact]
    public void Should_Say_What_The_Machine_Says_When_It_Needs_Kpti()
    {
        var verdicts = PaperVerdict.Of(SampleReports.Kvm("Mitigation: PTI").Document);

        Assert.Equal([Outcome.NotComparable, Outcome.Reproduced, Outcome.NotComparable, Outcome.Reproduced], verdicts.Select(verdict => verdict.Outcome));
        Assert.Contains("meltdown: Mitigation: PTI", verdicts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_What_The_Machine_Says_When_It_Needs_No_Mitigation()
    {
        var document = SampleReports.Kvm().Document;
        var guests = new Dictionary<string, IReadOnlyDictionary<string, string>>(document.Provenance.Guests)
        {
            ["linux"] = new Dictionary<string, string> { ["vulnerability.meltdown"] = "Not affected", ["vulnerability.mds"] = "Not affected" },
        };

        var verdicts = PaperVerdict.Of(document with { Provenance = document.Provenance with { Guests = guests } });

        Assert.Equal(Outcome.NotComparable, verdicts[0].Outcome);
        Assert.Contains("this CPU needs no KPTI", verdicts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Not_Be_Comparable_When_A_Row_Is_Missing()
    {
        var verdicts = PaperVerdict.Of(SampleReports.Empty().Document);

        Assert.All(verdicts, verdict => Assert.Equal((Outcome.NotComparable, null), (verdict.Outcome, verdict.Measured)));
    }

    [Theory]
    [InlineData(2.5, 2.8, Outcome.Reproduced)]
    [InlineData(1.0, 1.1, Outcome.Different)]
    [InlineData(4.0, 4.1, Outcome.Different)]
    [InlineData(2.0, 2.8, Outcome.Inconclusive)]
    [InlineData(1.0, 9.0, Outcome.Inconclusive)]
    public void Should_Depend_On_The_Whole_Interval_When_Judged(double low, double high, Outcome expected)
    {
        Assert.Equal(expected, PaperVerdict.Judge(new Interval(2.62, 2.66), new Interval(low, high)));
    }

    [Fact]
    public void Should_Be_Inconclusive_When_There_Is_No_Interval()
    {
        Assert.Equal(Outcome.Inconclusive, PaperVerdict.Judge(new Interval(2.62, 2.66), null));
    }
}
