using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Fidelity;

public sealed class HostCheckTests
{
    // perf 6.1 on an AMD EPYC virtual machine.
    private static readonly string[] _perf =
    [
        "# Running 'syscall/basic' benchmark:",
        "# Executed 2000000 getppid() calls",
        "     Total time: 0.477 [sec]",
        "",
        "       0.238999 usecs/op",
        "        4184117 ops/sec",
    ];

    [Fact]
    public void Should_Read_Nanoseconds_From_What_Perf_Prints()
    {
        Assert.Equal(238.999, PerfBench.Parse(_perf));
        Assert.Null(PerfBench.Parse(["WARNING: perf not found for kernel 6.8"]));
        Assert.Equal(["bench", "syscall", "basic", "--loop", "5000"], PerfBench.Arguments(5000));
    }

    [Theory]
    [InlineData(163.8, 115.3, 47.3, true)]
    [InlineData(163.6, 152.6, 43, true)]
    [InlineData(163.6, 115.1, 43.5, false)]
    [InlineData(60, 58.5, 0, true)]
    [InlineData(60, 58, 0, false)]
    public void Should_Agree_Within_Three_Percent_Wherever_The_Librarys_Function_Is_Counted(double perf, double ours, double wrapper, bool agrees)
    {
        var result = new HostCheckResult(perf, ours, wrapper, 2_596_088, "calibration", 20);

        Assert.Equal(agrees, result.Agrees);
        if (!agrees)
            Assert.Contains("host differs from perf bench by -3.", Assert.Throws<UserError>(result.Require).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Differ_When_Ours_Is_Slower_Than_Perf()
        => Assert.Equal(0.05, new HostCheckResult(100, 105, 2, 2_596_088, "cpuid", 20).Difference);

    [Fact]
    public void Should_Say_How_Coarse_It_Is_When_The_Librarys_Function_Costs_Much()
    {
        Assert.Contains("costs 29 % here", new HostCheckResult(163.8, 115.3, 47.3, 2_596_088, "calibration", 20).Lines()[2], StringComparison.Ordinal);
        Assert.False(new HostCheckResult(60, 59, 1, 2_596_088, "cpuid", 20).IsCoarse);
    }

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Print_The_Same_Lines_In_Every_Culture(string culture)
    {
        using var _ = new InCulture(culture);

        Assert.Equal(
            "perf bench syscall basic: 163.8 ns a call; difference -0.7 %, ok (limit 3 %)",
            new HostCheckResult(163.8, 115.3, 47.3, 2_596_088, "calibration", 20).Lines()[1]);
    }

    [Fact]
    public void Should_Time_Both_Ways_To_Make_A_Call()
    {
        var times = new WrapperCost(CpuAffinity.Get()[^1]).Measure(calls: 100, repeats: 3);

        Assert.SkipWhen(times is null, "this machine lets no program make code, or its C library is no libc.so.6");
        Assert.True(times.Inline > 0 && times.Wrapped > 0);
    }

    [Fact]
    public void Should_Find_A_Frequency_That_A_Processor_Can_Have()
    {
        var khz = TscCalibration.MeasureKhz(TimeSpan.FromMilliseconds(20));

        Assert.SkipWhen(khz is null, "this machine lets no program make code");
        Assert.InRange(khz.Value, 100_000, 10_000_000);
    }
}
