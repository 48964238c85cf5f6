using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class SchedulerFindingsTests
{
    private static readonly Platform Linux = new LinuxPlatform(Mitigations.On);

    [Fact]
    public void Should_Say_Nothing_When_No_Boot_Was_Disturbed()
    {
        var findings = SchedulerFindings.Of(Linux, [Boot(0, 0, 0), Boot(1, 0, 0)]);

        Assert.Empty(findings);
    }

    [Fact]
    public void Should_Count_Boots_And_Name_The_Worst_When_The_Thread_Was_Taken_Off_Its_Cpu()
    {
        var findings = SchedulerFindings.Of(Linux, [Boot(0, 2, 0), Boot(1, 0, 0), Boot(2, 7, 0)]);

        Assert.Equal(
            "its thread was taken off its CPU in 2 of 3 boots, 9 times, most often in boot 2 (7); in which rounds the guest cannot know, and none is marked",
            Assert.Single(findings).Seen);
    }

    [Fact]
    public void Should_Say_So_When_Time_Was_Stolen()
    {
        var findings = SchedulerFindings.Of(Linux, [Boot(0, 0, 3)]);

        Assert.Equal(
            "a hypervisor below this machine gave its CPUs to somebody else in 1 of 1 boots, 3 ticks of 10 ms, most often in boot 0 (3); "
                + "in which rounds the guest cannot know, and none is marked",
            Assert.Single(findings).Seen);
    }

    [Theory]
    [InlineData("host", Disturbance.ContextSwitch, "the rounds that this came into are marked")]
    [InlineData("linux", Disturbance.ContextSwitch | Disturbance.Steal, "rounds are marked where the guest's kernel saw 10 ms stolen")]
    // What a guest's kernel switches to is not what its vCPU's thread is switched to.
    [InlineData("linux", Disturbance.ContextSwitch, "in which rounds the guest cannot know, and none is marked")]
    [InlineData("unikraft", Disturbance.None, "in which rounds the guest cannot know, and none is marked")]
    public void Should_Say_Whether_Rounds_Are_Marked(string platform, Disturbance seen, string where)
    {
        var findings = SchedulerFindings.Of(new PlatformCatalog().Find(platform)!, [Boot(0, 2, 0) with { Seen = seen }]);

        Assert.EndsWith($"; {where}", Assert.Single(findings).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_So_Once_When_Boots_Were_Not_Pinned()
    {
        var boots = Enumerable.Range(0, 3).Select(boot => Boot(boot, 0, 0) with { Pinning = Pinning.None("there is none to spare") });

        var findings = SchedulerFindings.Of(Linux, [.. boots]);

        Assert.EndsWith("there is none to spare", Assert.Single(findings).Seen, StringComparison.Ordinal);
    }

    private static BootRecord Boot(int boot, long switches, long steal) => new()
    {
        Run = "",
        Setting = Settings.Of("linux"),
        Attempt = 1,
        Boot = boot,
        Order = boot,
        Unit = Unit.Cycles,
        CommandLine = [],
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        ExitCode = 0,
        Deadline = 120,
        Pinning = new Pinning(1, [0], "CPU 1"),
        Facts = new BootFacts { InvoluntarySwitches = switches, StealTicks = steal },
        LogHash = "",
    };
}
