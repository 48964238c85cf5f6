using SyscallBench.Consoles;
using SyscallBench.Results;
using SyscallBench.Tests.Platforms;

namespace SyscallBench.Tests.Results;

public sealed class ResultsBuilderTests
{
    [Fact]
    public void Should_Give_The_Cost_Per_Call_When_Every_Round_Is_The_Same()
    {
        var document = new ResultsFixture().Platform("floor", boots: 3, rounds: 20, (_, _) => 8005).Build();

        var row = ResultsFixture.Row(document, "floor", Call.Scall);
        Assert.Equal(RowStatus.Measured, row.Status);
        Assert.Equal(Unit.Instructions, row.Unit);
        Assert.Equal((3, 60, 0), (row.Boots, row.Samples, row.Disturbed));
        Assert.Equal([8, 8, 8, 8, 8, 8], [row.Mean, row.Median, row.Q1, row.Q3, row.Min, row.Max]);
        Assert.Equal(new Interval(8, 8), row.Ci95);
        Assert.Equal(new NetCost(5, new Interval(5, 5)), row.Net);
        Assert.Null(row.Nanoseconds);
        Assert.Equal(5, ResultsFixture.Row(document, "floor", Call.Tsc).Median);
        Assert.Equal(3, ResultsFixture.Row(document, "floor", Call.Empty).Median);
        Assert.Equal(6, ResultsFixture.Row(document, "floor", Call.Fcall).Median);
    }

    [Fact]
    public void Should_Leave_Interrupted_Rounds_Out_When_Counting_Instructions()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, round) => round == 3 ? 18005 : 8005)
            .Select(sample => sample.Round == 3 ? sample with { ScallDisturbed = Disturbance.Interrupt } : sample);

        var document = new ResultsFixture().Platform("linux", samples: samples).Build();

        var row = ResultsFixture.Row(document, "linux", Call.Scall);
        Assert.Equal((18, 2), (row.Samples, row.Disturbed));
        Assert.Equal(8, row.Max);
        Assert.Equal(5, row.Net?.Median);
        Assert.Equal(20, ResultsFixture.Row(document, "linux", Call.Fcall).Samples);
    }

    [Fact]
    public void Should_Leave_Every_Kind_Out_When_Counting_Instructions()
    {
        Disturbance[] kinds = [Disturbance.Interrupt, Disturbance.ContextSwitch, Disturbance.Migration, Disturbance.Steal];
        var samples = ResultsFixture.Grid(1, 10, (_, round) => round < kinds.Length ? 18005 : 8005)
            .Select(sample => sample.Round < kinds.Length ? sample with { ScallDisturbed = kinds[sample.Round] } : sample);

        var row = ResultsFixture.Row(new ResultsFixture().Platform("linux", samples: samples).Build(), "linux", Call.Scall);

        Assert.Equal((6, 4), (row.Samples, row.Disturbed));
        Assert.Equal(new DisturbedBy(1, 1, 1, 1, 0), row.DisturbedBy);
    }

    [Fact]
    public void Should_Leave_Out_The_Half_Of_The_Rounds_In_Which_A_New_Kernel_Runs_Something_Else()
    {
        var samples = CapturedBoot.Read("stock-7.3.log").Samples;

        var row = ResultsFixture.Row(new ResultsFixture().Platform("stock-7.3", samples: samples).Build(), "stock-7.3", Call.Scall);

        Assert.InRange(samples.Count(sample => sample.Scall > 3_000_000), 8, 12);
        Assert.Equal((20, 351.0), (row.Samples + row.Disturbed, row.Max));
        Assert.Equal(348, row.Net?.Median);
    }

    [Theory]
    [InlineData(Disturbance.None)]
    [InlineData(Disturbance.Interrupt)]
    [InlineData(Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration | Disturbance.Steal)]
    public void Should_Not_Call_Zero_What_Nobody_Could_See(Disturbance seen)
    {
        var facts = new PlatformFacts { Platform = "linux", Boots = 1, Samples = 3, Seen = seen };

        var document = new ResultsFixture()
            .Platform("linux", samples: ResultsFixture.Grid(1, 3, (_, _) => 8005), change: input => input with { Facts = facts }).Build();

        var row = ResultsFixture.Row(document, "linux", Call.Scall);
        Assert.Equal(new DisturbedBy(Zero(Disturbance.Interrupt), Zero(Disturbance.ContextSwitch), Zero(Disturbance.Migration), Zero(Disturbance.Steal), 0), row.DisturbedBy);

        int? Zero(Disturbance kind) => seen.HasFlag(kind) ? 0 : null;
    }

    [Fact]
    public void Should_Keep_Interrupted_Rounds_When_Cycles_Have_Few_Others()
    {
        var samples = ResultsFixture.Grid(2, 10, (_, _) => 8005)
            .Select(sample => sample.Round > 3 ? sample with { ScallDisturbed = Disturbance.Interrupt } : sample);

        var row = ResultsFixture.Row(new ResultsFixture { Unit = Unit.Cycles }.Platform("linux", samples: samples).Build("kvm"), "linux", Call.Scall);

        Assert.Equal((20, 0), (row.Samples, row.Disturbed));
    }

    [Fact]
    public void Should_Say_Why_When_Every_Round_Is_Disturbed()
    {
        var samples = ResultsFixture.Grid(1, 3, (_, _) => 8005).Select(sample => sample with { ScallDisturbed = Disturbance.Interrupt });

        var row = ResultsFixture.Row(new ResultsFixture().Platform("linux", samples: samples).Build(), "linux", Call.Scall);

        Assert.Equal(RowStatus.NotMeasured, row.Status);
        Assert.Contains("all 3 samples", row.Reason, StringComparison.Ordinal);
        Assert.Null(row.Median);
    }

    [Fact]
    public void Should_Keep_A_Platform_When_It_Was_Not_Measured()
    {
        var document = new ResultsFixture().Platform("unikraft", change: input => input with { NotMeasured = "GitHub cannot be reached" }).Build();

        Assert.Equal([Call.Tsc, Call.Empty, Call.Fcall, Call.Scall], document.Rows.Select(row => row.Call));
        Assert.All(document.Rows, row => Assert.Equal("GitHub cannot be reached", row.Reason));
    }

    [Fact]
    public void Should_Compare_With_The_Bases_When_Units_Are_The_Same()
    {
        var document = new ResultsFixture()
            .Platform("linux", 3, 20, (_, round) => 256005 + (round % 2 * 1000))
            .Platform("linux-nomitig", 3, 20, (_, round) => 256005 + (round % 2 * 1000))
            .Platform("unikraft", 3, 20, (_, _) => 80005)
            .Platform("host", Unit.Cycles, samples: ResultsFixture.Grid(3, 20, (_, _) => 250000))
            .Build();

        var unikraft = Ratio(document, "unikraft", "linux");
        Assert.Equal(77 / 253.5, unikraft.Ratio, 12);
        Assert.True(unikraft.Different);
        Assert.InRange(unikraft.Ratio, unikraft.Ci95!.Value.Low, unikraft.Ci95.Value.High);
        Assert.False(Ratio(document, "linux-nomitig", "linux").Different);
        Assert.DoesNotContain(document.Ratios, ratio => ratio.Platform == "host" || ratio.Base == "host");
    }

    [Fact]
    public void Should_Give_Nanoseconds_When_The_Unit_Is_Cycles_And_The_Clock_Is_Known()
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform("linux", change: input => input with { CalibratedKhz = 3_600_000 }, samples: ResultsFixture.Grid(2, 5, (_, _) => 222005))
            .Platform("unikraft", 2, 5, (_, _) => 84005)
            .Build("kvm");

        Assert.Equal(61.666666666666664, ResultsFixture.Row(document, "linux", Call.Scall).Nanoseconds!.Median);
        Assert.Null(ResultsFixture.Row(document, "unikraft", Call.Scall).Nanoseconds);
        Assert.Equal(new ClockFact(3_600_000, "calibration", false), document.Provenance.Clocks["linux"]);
    }

    [Fact]
    public void Should_Make_The_Same_Document_When_Made_Twice()
    {
        var fixture = new ResultsFixture().Platform("linux", 3, 20, (boot, round) => 256005 + (boot * 100) + (round * 7 % 30));

        Assert.Equal(JsonFormat.Serialize(fixture.Build()), JsonFormat.Serialize(fixture.Build()));
    }

    [Fact]
    public void Should_Name_The_Setting_And_The_Call_On_Every_Row()
    {
        var setting = new ResultSetting { Name = "tcg-EPYC-v1-20x1000-3f2a91c4", Machine = "AMD EPYC" };
        var facts = new PlatformFacts { Platform = "linux", Boots = 1, Samples = 3, Begin = new BeginRecord(3, 1000, 1, 110, null) };

        var document = new ResultsFixture()
            .Platform("linux", samples: ResultsFixture.Grid(1, 3, (_, _) => 8005), change: input => input with { Setting = setting, Facts = facts })
            .Platform("floor", samples: ResultsFixture.Grid(1, 3, (_, _) => 8005), change: input => input with { Setting = setting })
            .Build();

        Assert.Equal(setting, Assert.Single(document.Settings));
        Assert.All(document.Rows, row => Assert.Equal(setting.Name, row.Setting));
        Assert.All(document.Rows.Where(row => row.Platform == "linux"), row => Assert.Equal("getppid", row.Syscall));
    }

    private static PlatformRatio Ratio(ResultsDocument document, string platform, string other)
        => Assert.Single(document.Ratios, ratio => ratio.Platform == platform && ratio.Base == other && ratio.Call == Call.Scall);
}
