using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class ProcFilesTests
{
    [Fact]
    public void Should_Sum_Ticks_When_Stat_Comes_From_A_Machine()
    {
        var times = CpuTimes.Parse(CapturedMachine.EpycVm.Read("/proc/stat")!)!;

        Assert.Equal(14030 + 3743 + 12884 + 0 + 292, times.Busy);
        Assert.Equal(240824 + 1477, times.Idle);
        Assert.Equal(172, times.Steal);
    }

    [Fact]
    public void Should_Count_Only_Time_Wanted_When_Steal_Is_A_Share()
    {
        var before = new CpuTimes(Busy: 100, Idle: 1000, Steal: 10);
        var after = new CpuTimes(Busy: 190, Idle: 9000, Steal: 20);

        Assert.Equal(0.1, after.Since(before).StealShare, 12);
        Assert.Equal(0, before.Since(before).StealShare);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu 1 2 3")]
    [InlineData("intr 1 2 3 4 5 6 7 8 9")]
    [InlineData("cpu a b c d e f g h")]
    public void Should_Return_Null_When_Stat_Is_Something_Else(string text)
    {
        Assert.Null(CpuTimes.Parse(text));
    }

    [Fact]
    public void Should_Count_Bytes_When_Meminfo_Comes_From_A_Machine()
    {
        using var root = new FakeRoot().With("/proc/meminfo", "MemTotal: 12 kB");

        var memory = MemoryInfo.Read(CapturedMachine.EpycVm)!;

        Assert.Equal(24684092L * 1024, memory.Total);
        Assert.InRange(memory.Available, 1, memory.Total);
        Assert.Null(MemoryInfo.Read(root.Files));
    }
}
