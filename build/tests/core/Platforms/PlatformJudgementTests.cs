using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

/// <summary>Real consoles of good and bad boots, with the exit codes that went with them.</summary>
public sealed class PlatformJudgementTests
{
    [Theory]
    [InlineData("linux", "linux.log", 0)]
    [InlineData("linux-nomitig", "linux-nomitig.log", 0)]
    [InlineData("stock-7.3", "stock-7.3.log", 0)]
    [InlineData("unikraft", "unikraft.log", 0)]
    [InlineData("unikraft-0.17", "unikraft-0.17.log", 0)]
    [InlineData("floor", "floor.log", 33)]
    [InlineData("floor-ring0", "floor-ring0.log", 33)]
    [InlineData("host", "host.log", 0)]
    public void Should_Count_When_A_Boot_Went_Well(string platform, string console, int exitCode) =>
        Assert.Null(WhyFailed(platform, console, exitCode));

    [Theory]
    [InlineData("linux", "linux-no-noop.log", 0, "the noop system call returned -38 (ENOSYS)")]
    [InlineData("linux", "floor.log", 0, "the kernel's panic that ends a boot is missing")]
    [InlineData("unikraft", "unikraft-no-image.log", 0, "the console holds no record of the benchmark")]
    [InlineData("floor", "floor-fault.log", 161, "the guest faulted")]
    [InlineData("floor-ring0", "floor-no-tsc.log", 35, "the CPU lacks RDTSC or RDTSCP: choose another model with --cpu")]
    [InlineData("floor", "floor-bad-argument.log", 35, "the benchmark does not know its argument")]
    [InlineData("floor", "floor.log", 0, "QEMU exited with 0, not with 33")]
    [InlineData("host", "host.log", 1, "the benchmark exited with 1")]
    public void Should_Say_Why_When_A_Boot_Went_Wrong(string platform, string console, int exitCode, string reason) =>
        Assert.StartsWith(reason, WhyFailed(platform, console, exitCode));

    [Theory]
    [InlineData("linux", "linux-nomitig.log", "/proc/cmdline holds mitigations=off")]
    [InlineData("stock-7.3-nomitig", "stock-7.3.log", "mitigations=off is missing in /proc/cmdline")]
    [InlineData("linux-nomitig", "linux.log", "mitigations=off is missing in /proc/cmdline")]
    public void Should_Reject_When_Mitigations_Are_Not_What_Was_Asked_For(string platform, string console, string reason) =>
        Assert.StartsWith(reason, WhyFailed(platform, console, 0));

    private static string? WhyFailed(string platform, string console, int exitCode) =>
        new PlatformCatalog().Select(platform)[0].WhyFailed(exitCode, CapturedBoot.Read(console));
}
