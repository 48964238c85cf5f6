using SyscallBench.Boots;
using SyscallBench.Machine;

namespace SyscallBench.Tests.Boots;

/// <summary>What is made of the CPU that was chosen; how it is chosen is tested with the machine.</summary>
public sealed class PinningTests
{
    [Fact]
    public void Should_Claim_The_Cpu_And_Its_Kind_When_There_Is_One_To_Spare()
    {
        var pinning = Pinning.Of(new CpuChoice(3, CoreKind.Performance, IsIsolated: false, [7], [0, 1]));

        Assert.Equal((3, "performance"), (pinning.Cpu, pinning.Core));
        Assert.Equal([0, 1], pinning.Others);
        Assert.Equal("vCPU pinned to CPU 3, a performance core, its sibling thread 7 left idle by QEMU; the rest of QEMU on 0-1", pinning.Sentence);
    }

    [Fact]
    public void Should_Claim_Nothing_When_The_Rest_Of_Qemu_Would_Have_No_Cpu()
    {
        var choice = new CpuChoice(0, null, IsIsolated: false, [], []);

        Assert.Null(Pinning.Of(choice).Cpu);
        Assert.Equal(0, Pinning.OfProcess(choice).Cpu);
    }
}
