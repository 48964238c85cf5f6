using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

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
        Assert.Equal(238.999, HostCheck.ParsePerf(_perf));
        Assert.Equal(["bench", "syscall", "basic", "--loop", "5000"], HostCheck.PerfArguments);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("exit 0")]
    public async Task Should_Be_An_Error_When_The_Benchmark_Crashes_Or_Says_Nothing(string script)
    {
        using var folder = new TempFolder();
        using var processes = new ProcessRunner();
        var benchmark = folder.Write("benchmark", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(benchmark, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var check = new HostCheck(processes, benchmark, folder.Path("console"), CpuAffinity.Get(0)[0]);

        Assert.Contains(benchmark, (await Assert.ThrowsAsync<UserError>(() => check.RunAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Give_The_First_Line_And_The_Package_When_Ubuntus_Perf_Is_Of_Another_Kernel()
    {
        string[] output =
        [
            "WARNING: perf not found for kernel 6.8.0-52",
            "",
            "  You may need to install the following packages for this specific kernel:",
            "    linux-tools-6.8.0-52-generic",
            "    linux-cloud-tools-6.8.0-52-generic",
            "  You may also want to install one of the following packages to keep up to date:",
            "    linux-cloud-tools-generic",
        ];

        var why = HostCheck.WhyNoPerf(output)!;

        Assert.StartsWith("perf not found for kernel 6.8.0-52; ", why, StringComparison.Ordinal);
        Assert.EndsWith("install -y linux-tools-6.8.0-52-generic", why, StringComparison.Ordinal);
        Assert.Null(HostCheck.WhyNoPerf(_perf));
    }

    [Theory]
    [InlineData(0.98, 1.02, true)]
    [InlineData(0.95, 1.02, false)]
    [InlineData(1.10, 1.12, false)]
    public void Should_Pass_Only_When_The_Whole_Interval_Is_Within_The_Limit(double low, double high, bool passes)
    {
        var result = new HostCheckResult(new Agreement(100, 50 * (low + high), new(low - 1, high - 1), HostCheckResult.Limit), InLoop: 80, 2_596_088, "calibration", 60);

        Assert.Equal(passes, result.Agrees);
        Assert.Equal(passes, Record.Exception(result.Require) is not UserError);
    }

    [Fact]
    public void Should_Find_A_Frequency_That_A_Processor_Can_Have()
    {
        var khz = TscSpan.MeasureKhz(TimeSpan.FromMilliseconds(20));

        Assert.SkipWhen(khz is null, "this machine lets no program make code");
        Assert.InRange(khz.Value, 100_000, 10_000_000);
    }
}
