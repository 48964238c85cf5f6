using SyscallBench.Consoles;
using SyscallBench.Results;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Results;

public sealed class GuestClockTests
{
    [Theory]
    [InlineData("tsc: Detected 2899.998 MHz processor", 2_899_998)]
    [InlineData("[    0.6] tsc: Refined TSC clocksource calibration: 3600.000 MHz", 3_600_000)]
    [InlineData("tsc: Detected 1000 MHz TSC", 1_000_000)]
    public void Should_Believe_The_Kernel_First(string message, long khz)
        => Assert.Equal(new ClockFact(khz, "kernel", true), GuestClock.Find(Input(Unit.Cycles, Facts(message, 111)) with { CalibratedKhz = 222 }));

    [Theory]
    [InlineData(null)]
    [InlineData("tsc: Marking TSC unstable due to clocksource watchdog")]
    [InlineData("tsc: Detected 0.000 MHz processor")]
    public void Should_Believe_Cpuid_When_The_Kernel_Does_Not_Know(string? message)
        => Assert.Equal(new ClockFact(111, "hypervisor", true), GuestClock.Find(Input(Unit.Cycles, Facts(message, 111)) with { CalibratedKhz = 222 }));

    [Fact]
    public void Should_Believe_The_Calibration_When_Nobody_Else_Knows()
        => Assert.Equal(new ClockFact(222, "calibration", true), GuestClock.Find(Input(Unit.Cycles, Facts(null, 0)) with { CalibratedKhz = 222 }));

    [Fact]
    public void Should_Not_Guess_When_Nobody_Knows()
        => Assert.Null(GuestClock.Find(Input(Unit.Cycles, Facts(null, 0)) with { CalibratedKhz = null }));

    [Fact]
    public void Should_Warn_When_The_Kernel_Does_Not_Trust_The_Clock()
    {
        var facts = Facts("tsc: Marking TSC unstable due to clocksource watchdog", 111) with { Clock = new ClockRecord(111, "cpuid", false, true) };
        facts = facts with { States = new Dictionary<string, string>(facts.States) { ["clocksource"] = "hpet" } };

        var findings = GuestClock.Findings(Input(Unit.Cycles, facts), new ClockFact(111, "cpuid", false)).ToList();

        Assert.Equal(3, findings.Count);
        Assert.Empty(GuestClock.Findings(Input(Unit.Instructions, facts), null));
    }

    [Theory]
    [InlineData(2_900_000, 0)]
    [InlineData(2_888_000, 0)]
    [InlineData(3_600_000, 1)]
    public void Should_Warn_When_The_Host_Measured_Another_Frequency_Than_The_Guest_Believes(long measured, int findings)
    {
        var input = Input(Unit.Cycles, Facts(null, 2_900_000)) with { CalibratedKhz = measured };

        var found = GuestClock.Findings(input, GuestClock.Find(input)).Where(finding => finding.Severity == Severity.Warning);

        Assert.Equal(findings, found.Count());
    }

    [Theory]
    [InlineData(4_640_000L, "1.600")]
    [InlineData(null, null)]
    public void Should_Give_Core_Cycles_Beside_Ticks_When_A_Counter_Counted_Them(long? core, string? rate)
    {
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform("linux", samples: ResultsFixture.Grid(1, 3, (_, _) => 8005), change: input => input with { Facts = Facts(null, 2_900_000), CalibratedKhz = 2_900_000, CoreKhz = core })
            .Build("kvm");

        Assert.Equal(core, document.Provenance.Clocks["linux"].CoreKhz);
        Assert.Equal(core is null, !JsonFormat.Serialize(document).Contains("coreKhz", StringComparison.Ordinal));
        Assert.Equal(rate is null, document.Findings.All(finding => !finding.Seen.Contains($"{rate} core cycles", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_Say_What_To_Do_When_Nobody_Knows()
        => Assert.Equal("ask", Assert.Single(GuestClock.Findings(Input(Unit.Cycles, Facts(null, 0)) with { ClockRemedy = "ask" }, null)).Remedy);

    private static PlatformInput Input(Unit unit, PlatformFacts facts) => new() { Platform = "linux", Unit = unit, Facts = facts };

    [Fact]
    public void Should_Never_Turn_Instructions_Into_Time()
    {
        var clock = new ClockFact(1_000_000, "kernel", true);

        Assert.Null(GuestClock.TimeOf(Unit.Instructions, clock, new Summary(1, 1, 1, 1, 1, 1, 1, 0, 0)));
        Assert.Null(GuestClock.TimeOf(Unit.Cycles, null, new Summary(1, 1, 1, 1, 1, 1, 1, 0, 0)));
        Assert.Equal(new Nanoseconds(2, 1, 0.5, 4), GuestClock.TimeOf(Unit.Cycles, clock, new Summary(1, 2, 1, 0.5, 4, 0, 0, 0, 0)));
    }

    private static PlatformFacts Facts(string? message, long khz) => new()
    {
        Platform = "linux",
        Boots = 1,
        Samples = 1,
        Clock = new ClockRecord(khz, khz == 0 ? "none" : "hypervisor", true, true),
        States = message is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["tsc"] = message },
    };
}
