using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

public sealed class CapturedConsoleTests
{
    private readonly ConsoleFixture _console = new();

    [Theory]
    [InlineData("floor.log", 8005)]
    [InlineData("floor-ring0.log", 8005)]
    [InlineData("unikraft.log", 80005)]
    [InlineData("floor-seen.log", 8005)]
    [InlineData("floor-ring0-seen.log", 8005)]
    [InlineData("unikraft-seen.log", 80005)]
    [InlineData("unikraft-0.17.log", 189005)]
    public void Should_Read_The_Same_Count_Every_Round_When_A_Guest_Has_No_Timer(string name, long scall)
    {
        var log = Parse(name);

        Assert.Null(log.Failure);
        Assert.Empty(log.Findings);
        Assert.Equal(20, _console.Samples.Count);
        Assert.All(_console.Samples, sample => Assert.Equal(scall, sample.Scall));
    }

    [Theory]
    [InlineData("linux.log", 9)]
    [InlineData("linux-nomitig.log", 13)]
    [InlineData("linux-seen.log", 12)]
    public void Should_Mark_The_Interrupted_Round_When_Linux_Ticks(string name, int interrupted)
    {
        var log = Parse(name);

        Assert.Null(log.Failure);
        Assert.Empty(log.Findings);
        Assert.True(log.Panic?.IsSuccess);
        var spoilt = Assert.Single(
            _console.Samples, sample => (sample.TscDisturbed | sample.EmptyDisturbed | sample.ScallDisturbed | sample.FcallDisturbed) != Disturbance.None);
        Assert.Equal(interrupted, spoilt.Round);
        Assert.Contains("Intel", log.States["cpuinfo.model"], StringComparison.Ordinal);
        Assert.True(log.States.ContainsKey("vulnerability.meltdown"));
    }

    [Theory]
    [InlineData("floor.log", Disturbance.Interrupt)]
    [InlineData("floor-seen.log", Disturbance.Interrupt)]
    [InlineData("floor-ring0-seen.log", Disturbance.None)]
    [InlineData("unikraft-seen.log", Disturbance.None)]
    [InlineData("linux.log", Disturbance.Interrupt)]
    [InlineData("linux-seen.log", Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration | Disturbance.Steal)]
    [InlineData("host-switched.log", Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration | Disturbance.Steal)]
    [InlineData("artifact.log", Disturbance.None)]
    public void Should_Know_What_Each_Guest_Could_See(string name, Disturbance seen)
    {
        Assert.Equal(seen, Parse(name).Seen);
    }

    [Theory]
    [InlineData("linux-seen.log", 1, 1, 0, 0)]
    [InlineData("host-switched.log", 6, 5, 0, 0)]
    [InlineData("host-moved.log", 26, 23, 5, 0)]
    [InlineData("host-stolen.log", 36, 35, 0, 1)]
    public void Should_Mark_System_Calls_By_Kind_When_Something_Came_Into_Them(string name, int interrupts, int switches, int migrations, int steals)
    {
        var log = Parse(name);

        Assert.Null(log.Failure);
        Assert.Empty(log.Findings);
        Assert.Equal(
            (interrupts, switches, migrations, steals), (Hit(Disturbance.Interrupt), Hit(Disturbance.ContextSwitch), Hit(Disturbance.Migration), Hit(Disturbance.Steal)));

        int Hit(Disturbance kind) => _console.Samples.Count(sample => sample.ScallDisturbed.HasFlag(kind));
    }

    [Fact]
    public void Should_See_A_Context_Switch_When_No_Interrupt_Was_Seen()
    {
        Parse("host-moved.log");

        // It came inside a system call, whose return to user mode is no IRET, between two ticks.
        Assert.Contains(_console.Samples, sample => sample.ScallDisturbed == (Disturbance.ContextSwitch | Disturbance.Migration));
    }

    [Theory]
    [InlineData("linux-no-noop.log", "the noop system call returned -38 (ENOSYS)")]
    [InlineData("floor-bad-argument.log", "does not know its argument rounds=0")]
    [InlineData("floor-no-tsc.log", "the CPU lacks RDTSC or RDTSCP")]
    [InlineData("floor-fault.log", "it never ran")]
    [InlineData("unikraft-no-image.log", "it never ran")]
    public void Should_Say_Why_When_A_Boot_Measured_Nothing(string name, string reason)
    {
        var log = Parse(name);

        Assert.Contains(reason, log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Find_All_Records_When_The_Kernel_Is_Verbose()
    {
        var log = Parse("linux-stock-verbose.log");

        Assert.Null(log.Failure);
        Assert.Equal(0, log.RejectedCount);
        Assert.Equal(3, log.Rounds);
    }

    [Fact]
    public void Should_Keep_The_Decimals_When_The_Format_Is_The_Artifacts()
    {
        var log = Parse("artifact.log");

        Assert.Null(log.Failure);
        Assert.True(log.IsArtifactFormat);
        Assert.Equal([222, 221.987, 224.503], _console.Samples.Select(sample => sample.Scall));
        Assert.Equal([70, 72, 70], _console.Samples.Select(sample => sample.Tsc));
        Assert.All(_console.Samples, sample => Assert.True(sample.PerCall));
    }

    private BootLog Parse(string name) => _console.Parse(Captured.Bytes(name));
}
