using SyscallBench.Boots;
using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Fidelity;

public sealed class KernelProbeTests : IDisposable
{
    private readonly ProcessRunner _processes = new();

    public void Dispose() => _processes.Dispose();

    [Fact]
    public void Should_Boot_As_The_Platforms_Do_And_Always_Count_Instructions()
    {
        var cell = FidelityCell.All.Single(cell => cell is { Cpu: "EPYC-v1", Mitigations: Mitigations.Off, Call.Name: "hole" });
        var probe = new KernelProbe(new QemuRunner(_processes, new SystemFiles()), "/initramfs", "/consoles", "qemu");

        var boot = probe.Describe(cell);

        Assert.Contains("-accel tcg -icount shift=0,sleep=off ", boot, StringComparison.Ordinal);
        Assert.Contains("-cpu EPYC-v1 ", boot, StringComparison.Ordinal);
        Assert.Contains(" mitigations=off -- rounds=5 iters=1000 warmup=1 nr=335 expect=-38 state=linux", boot, StringComparison.Ordinal);
        Assert.DoesNotContain("/initramfs", boot, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Compare_Numbers_That_Lie_On_The_Same_Side_Of_Both_Tables()
    {
        // The stock tables end below 500, the noop's at 500.
        Assert.DoesNotContain(ProbedCall.All, call => call.Number is > 440 and <= 500);
        Assert.Equal(ProbedCall.All.Count, ProbedCall.All.Select(call => call.Number).Distinct().Count());
    }
}
