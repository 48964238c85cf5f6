using SyscallBench.Protocol;
using SyscallBench.Samples;

namespace SyscallBench.Tests.Protocol;

public sealed class CapturedConsoleTests
{
    private readonly ConsoleFixture _console = new();

    [Theory]
    [InlineData("floor.log", 8005)]
    [InlineData("floor-ring0.log", 8005)]
    [InlineData("unikraft.log", 80005)]
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
    public void Should_Mark_The_Interrupted_Round_When_Linux_Ticks(string name, int interrupted)
    {
        var log = Parse(name);

        Assert.Null(log.Failure);
        Assert.Empty(log.Findings);
        Assert.True(log.Panic?.IsSuccess);
        var spoilt = Assert.Single(
            _console.Samples, sample => (sample.TscSpoilt | sample.EmptySpoilt | sample.ScallSpoilt | sample.FcallSpoilt) != Spoilt.None);
        Assert.Equal(interrupted, spoilt.Round);
        Assert.Contains("Intel", log.States["cpuinfo.model"], StringComparison.Ordinal);
        Assert.True(log.States.ContainsKey("vulnerability.meltdown"));
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
        Assert.Equal(0, log.LostRecords);
        Assert.Equal(3, log.Rounds);
    }

    [Fact]
    public void Should_Keep_The_Decimals_When_The_Format_Is_The_Artifacts()
    {
        var log = Parse("artifact.log");

        Assert.Null(log.Failure);
        Assert.True(log.IsArtifactFormat);
        Assert.Equal([222_000_000, 221_987_000, 224_503_000], _console.Samples.Select(sample => sample.Scall));
        Assert.Equal([70, 72, 70], _console.Samples.Select(sample => sample.Tsc));
        Assert.All(_console.Samples, sample => Assert.True(sample.PerCall));
    }

    private BootLog Parse(string name) => _console.Parse(Captured.Bytes(name));
}
