using SyscallBench.Boots;
using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Fidelity;

public sealed class KernelProbeTests : IDisposable
{
    private readonly ProcessRunner _processes = new();

    public void Dispose() => _processes.Dispose();

    [Fact]
    public void Should_Boot_As_The_Platforms_Do_And_Always_Count_Instructions()
    {
        var cell = FidelityCell.For("6.1").Single(cell => cell is { Cpu: "EPYC-v1", Mitigations: Mitigations.Off, Call: "hole" });
        var probe = new KernelProbe(new QemuRunner(_processes, new SystemFiles()), "/initramfs", "/consoles", "qemu");

        var boot = probe.Describe(cell);

        Assert.Contains("-accel tcg -icount shift=0,sleep=off ", boot, StringComparison.Ordinal);
        Assert.Contains("-cpu EPYC-v1 ", boot, StringComparison.Ordinal);
        Assert.Contains(" mitigations=off -- rounds=5 iters=1000 warmup=1 nr=335 expect=-38 state=linux", boot, StringComparison.Ordinal);
        Assert.DoesNotContain("/initramfs", boot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_Signal_And_The_Last_Words_When_Qemu_Crashes()
    {
        using var folder = new TempFolder();
        var qemu = folder.Write("qemu", "#!/bin/sh\ncase \"$*\" in *help*) exit 1;; esac\necho 'qemu: error: out of luck' >&2\nkill -SEGV $$\n");
        File.SetUnixFileMode(qemu, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var probe = new KernelProbe(new QemuRunner(_processes, new SystemFiles()), folder.Path("initramfs"), folder.Path("consoles"), qemu);

        var error = await Assert.ThrowsAsync<UserError>(() => probe.CountAsync(folder.Path("kernel"), FidelityCell.For("6.1")[0], TestContext.Current.CancellationToken));

        Assert.Contains("SIGSEGV", error.Message, StringComparison.Ordinal);
        Assert.Contains("out of luck", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Boot_Once_More_When_The_First_Boot_Hangs()
    {
        using var folder = new TempFolder();
        var boot = $"for word; do case $word in file:*) cp '{Captured.PathOf("linux.log")}' \"${{word#file:}}\";; esac; done";
        var qemu = folder.Write("qemu", $"#!/bin/sh\ncase \"$*\" in *help*) exit 1;; esac\nif mkdir '{folder.Path("tried")}' 2>/dev/null; then exec sleep 600; fi\n{boot}\n");
        File.SetUnixFileMode(qemu, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var probe = new KernelProbe(new QemuRunner(_processes, new SystemFiles()), folder.Path("initramfs"), folder.Path("consoles"), qemu) { Deadline = TimeSpan.FromSeconds(3) };

        var count = await probe.CountAsync(folder.Path("kernel"), FidelityCell.For("6.1")[0], TestContext.Current.CancellationToken);

        Assert.Equal(20, count.Rounds);
        Assert.True(Directory.Exists(folder.Path("tried")));
    }

    [Theory]
    [InlineData("5.10", 335)]
    [InlineData("6.1", 335)]
    [InlineData("6.10", 335)]
    [InlineData("6.11", 400)]
    [InlineData("7.3", 400)]
    public void Should_Take_A_Number_That_This_Kernel_Leaves_Out(string series, int hole) =>
        Assert.Equal(hole, FidelityCell.For(series).First(cell => cell.Call == "hole").Number);

    [Theory]
    [InlineData("6.1")]
    [InlineData("7.3")]
    public void Should_Compare_Numbers_That_Lie_On_The_Same_Side_Of_Both_Tables(string series)
    {
        // The stock tables end below 500, the noop's at 500.
        Assert.DoesNotContain(FidelityCell.For(series), cell => cell.Number is > 423 and <= 500);
        Assert.Equal(4, FidelityCell.For(series).Select(cell => cell.Number).Distinct().Count());
    }
}
