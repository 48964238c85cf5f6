using SyscallBench.Consoles;
using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class FindingsTests
{
    [Fact]
    public void Should_Say_So_When_There_Is_No_Sample()
    {
        var facts = Facts("linux") with { RejectedBoots = [new RejectedBoot(0, "the noop system call returned -38 (ENOSYS)")] };

        var document = new ResultsFixture().Platform("linux", change: input => input with { Facts = facts }).Build();

        Assert.All(document.Rows, row => Assert.Contains("-38 (ENOSYS)", row.Reason, StringComparison.Ordinal));
        AssertFinding(document, Severity.Error, "linux", "ENOSYS");
    }

    [Fact]
    public void Should_Say_So_When_There_Is_One_Sample()
    {
        var document = new ResultsFixture().Platform("linux", 1, 1, (_, _) => 256005).Build();

        var row = ResultsFixture.Row(document, "linux", Call.Scall);
        Assert.Equal((256, 256, null), (row.Mean, row.Median, row.Ci95));
        AssertFinding(document, Severity.Warning, "linux scall", "a single sample");
    }

    [Fact]
    public void Should_Doubt_The_Clock_When_All_Cycles_Are_Equal()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", 3, 20, (_, _) => 256005).Build();

        AssertFinding(document, Severity.Warning, "linux scall", "all 60 samples");
    }

    [Fact]
    public void Should_Say_Once_That_Counts_Are_Exact_When_All_Are_Equal()
    {
        var document = new ResultsFixture()
            .Platform("floor", 3, 20, (_, _) => 8005)
            .Platform("linux", 3, 20, (_, _) => 256005)
            .Platform("unikraft", 3, 20, (_, round) => 80005 + round)
            .Build();

        AssertFinding(document, Severity.Info, "floor, linux", "scall");
    }

    [Fact]
    public void Should_Say_So_When_The_Clock_Ran_Backwards()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, _) => 256005)
            .Select(sample => sample.Round == 4 ? sample with { Scall = -7, ScallDisturbed = Disturbance.Clock } : sample);

        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", samples: samples).Build("kvm");

        Assert.Equal((18, 2), (ResultsFixture.Row(document, "linux", Call.Scall).Samples, ResultsFixture.Row(document, "linux", Call.Scall).Disturbed));
        AssertFinding(document, Severity.Error, "linux scall", "in 2 rounds");
    }

    [Fact]
    public void Should_Say_So_When_Ticks_Are_Part_Of_The_Cost()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, round) => 256005 + round).Select(sample => sample with { ScallDisturbed = Disturbance.Interrupt });

        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", samples: samples).Build("kvm");

        AssertFinding(document, Severity.Info, "linux scall", "20 of 20 rounds");
    }

    [Fact]
    public void Should_Count_By_Kind_What_Is_Left_Out()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, round) => 256005 + round).Select(sample => sample.Round switch
        {
            3 => sample with { ScallDisturbed = Disturbance.Interrupt | Disturbance.ContextSwitch },
            7 when sample.Boot == 1 => sample with { ScallDisturbed = Disturbance.Migration },
            _ => sample,
        });

        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("host", samples: samples).Build("kvm");

        AssertFinding(document, Severity.Info, "host scall", "interrupt in 2, context-switch in 2, migration in 1");
    }

    [Fact]
    public void Should_Leave_Absences_Out_When_Ticks_Are_Part_Of_The_Cost()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, round) => 256005 + round).Select(sample => sample with
        {
            ScallDisturbed = Disturbance.Interrupt | (sample.Round > 7 ? Disturbance.Steal : Disturbance.None),
        });

        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", samples: samples).Build("kvm");

        Assert.Equal((16, 4), (ResultsFixture.Row(document, "linux", Call.Scall).Samples, ResultsFixture.Row(document, "linux", Call.Scall).Disturbed));
        AssertFinding(document, Severity.Info, "linux scall", "interrupt in 4, steal in 4");
        AssertFinding(document, Severity.Info, "linux scall", "16 of 16 rounds");
    }

    [Fact]
    public void Should_Say_So_When_The_Machine_Was_Too_Busy_To_Leave_Anything_Out()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, round) => 256005 + round).Select(sample => sample with
        {
            ScallDisturbed = sample.Round > 2 ? Disturbance.ContextSwitch : Disturbance.None,
        });

        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("host", samples: samples).Build("kvm");

        Assert.Equal((20, 0), (ResultsFixture.Row(document, "host", Call.Scall).Samples, ResultsFixture.Row(document, "host", Call.Scall).Disturbed));
        var finding = AssertFinding(document, Severity.Warning, "host scall", "context-switch in 14");
        Assert.Contains("--iters", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_So_When_The_Frequency_Is_Not_Known()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", 2, 5, (_, round) => 256005 + round).Build("kvm");

        AssertFinding(document, Severity.Warning, "linux", "frequency");
    }

    [Fact]
    public void Should_Advise_When_The_Interval_Is_Wide()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform("linux", 3, 20, (boot, round) => 200005 + (boot * 20_000) + round).Build("kvm");

        AssertFinding(document, Severity.Warning, "linux scall", "the 95 % interval is");
    }

    [Fact]
    public void Should_Say_So_When_Boots_Drift()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform("linux", 25, 4, (boot, round) => 200005 + (boot * 1000) + round).Build("kvm");

        AssertFinding(document, Severity.Warning, "linux scall", "8 % more (Spearman 1.00)");
    }

    [Fact]
    public void Should_Say_So_When_Rounds_Drift()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform("linux", 3, 20, (boot, round) => 250005 - (round * 1000) + boot).Build("kvm");

        AssertFinding(document, Severity.Warning, "linux scall", "Spearman -1.00");
    }

    [Fact]
    public void Should_Refuse_When_Boots_Have_Different_Iterations()
    {
        var samples = ResultsFixture.Grid(1, 2, (_, _) => 256005).Append(new Sample(1, 0, 50, 5, 3005, 80005, 6005));

        var error = Assert.Throws<UserError>(() => new ResultsFixture().Platform("linux", samples: samples).Build());

        Assert.Contains("boot 1 has 50", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Put_The_Most_Severe_First()
    {
        var document = new ResultsFixture()
            .Platform("floor", 3, 20, (_, _) => 8005)
            .Platform("linux", change: input => input with { Facts = Facts("linux") })
            .Build();

        Assert.Equal(document.Findings.OrderByDescending(finding => finding.Severity), document.Findings);
        Assert.Equal(Severity.Error, document.Findings[0].Severity);
    }

    private static Finding AssertFinding(ResultsDocument document, Severity severity, string subject, string seen)
        => Assert.Single(
            document.Findings,
            finding => finding.Severity == severity && finding.Subject == subject && finding.Seen.Contains(seen, StringComparison.Ordinal));

    private static PlatformFacts Facts(string platform) => new()
    {
        Platform = platform,
        Boots = 0,
        Samples = 0,
        Clock = new ClockRecord(0, "none", true, true),
    };
}
