using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Model;

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
    [InlineData(161.6, 161.9, true)]
    [InlineData(100, 97.1, true)]
    [InlineData(100, 102.9, true)]
    [InlineData(100, 96.9, false)]
    [InlineData(100, 103.1, false)]
    public void Should_Agree_Within_Three_Percent(double perf, double ours, bool agrees)
    {
        var result = new HostCheckResult(perf, ours, InLoop: 115.2, 2_596_088, "calibration", 20);

        Assert.Equal(agrees, result.Agrees);
        if (!agrees)
            Assert.Matches("^host differs from perf bench by [+-]3.1 % ", Assert.Throws<UserError>(result.Require).Message);
    }

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Print_The_Same_Lines_In_Every_Culture(string culture)
    {
        using var _ = new InCulture(culture);

        Assert.Equal(
            "perf bench syscall basic: 163.8 ns a call; difference -0.7 %, ok (limit 3 %)",
            new HostCheckResult(163.8, 162.7, 115.3, 2_596_088, "calibration", 20).Lines()[1]);
    }

    [Fact]
    public void Should_Find_A_Frequency_That_A_Processor_Can_Have()
    {
        var khz = TscSpan.MeasureKhz(TimeSpan.FromMilliseconds(20));

        Assert.SkipWhen(khz is null, "this machine lets no program make code");
        Assert.InRange(khz.Value, 100_000, 10_000_000);
    }
}
