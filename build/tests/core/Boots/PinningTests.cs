using SyscallBench.Boots;
using SyscallBench.Machine;

namespace SyscallBench.Tests.Boots;

public sealed class PinningTests
{
    [Fact]
    public void Should_Take_The_Last_Core_When_Cores_Are_Whole()
    {
        var pinning = Pinning.Choose(Machine(cores: 4, threads: 1));

        Assert.Equal(3, pinning.Vcpu);
        Assert.Equal([0, 1, 2], pinning.Others);
        Assert.Equal("vCPU pinned to CPU 3; the rest of QEMU on 0-2", pinning.Sentence);
    }

    [Fact]
    public void Should_Leave_The_Sibling_Idle_When_Cores_Have_Two_Threads()
    {
        // Given CPUs 0 to 3, with siblings 4 to 7, as Linux numbers them.
        var pinning = Pinning.Choose(Machine(cores: 4, threads: 2));

        Assert.Equal(3, pinning.Vcpu);
        Assert.Equal([0, 1, 2, 4, 5, 6], pinning.Others);
        Assert.Equal("vCPU pinned to CPU 3, its sibling thread 7 left idle by QEMU; the rest of QEMU on 0-2,4-6", pinning.Sentence);
    }

    [Fact]
    public void Should_Take_An_Isolated_Cpu_When_There_Is_One()
    {
        var machine = Machine(cores: 4, threads: 2) with { Isolated = [2, 6], Allowed = [0, 1, 3, 4, 5, 7] };

        var pinning = Pinning.Choose(machine);

        Assert.Equal(2, pinning.Vcpu);
        Assert.Equal([0, 1, 3, 4, 5, 7], pinning.Others);
        Assert.Equal("vCPU pinned to CPU 2, which the kernel isolates; the rest of QEMU on 0-1,3-5,7", pinning.Sentence);
    }

    [Fact]
    public void Should_Pin_Nothing_When_Two_Threads_Share_The_Only_Core()
    {
        var pinning = Pinning.Choose(Machine(cores: 1, threads: 2));

        Assert.Null(pinning.Vcpu);
        Assert.Equal("vCPU not pinned: the CPUs 0-1 share one physical core, so there is none to spare", pinning.Sentence);
    }

    [Fact]
    public void Should_Pin_Nothing_When_A_Container_Allows_One_Cpu()
    {
        var pinning = Pinning.Choose(Machine(cores: 4, threads: 1) with { Allowed = [2] });

        Assert.Null(pinning.Vcpu);
        Assert.Equal("vCPU not pinned: this process may use one CPU only, so there is none to spare", pinning.Sentence);
    }

    [Fact]
    public void Should_Stay_On_Allowed_Cpus_When_Not_All_Are()
    {
        var pinning = Pinning.Choose(Machine(cores: 8, threads: 1) with { Allowed = [1, 4, 5] });

        Assert.Equal(5, pinning.Vcpu);
        Assert.Equal([1, 4], pinning.Others);
    }

    [Fact]
    public void Should_Keep_Cores_Of_Two_Sockets_Apart_When_Their_Numbers_Repeat()
    {
        var machine = new Topology { Cpus = [new(0, 0, 0), new(1, 1, 0)], Allowed = [0, 1] };

        var pinning = Pinning.Choose(machine);

        Assert.Equal(1, pinning.Vcpu);
        Assert.Equal([0], pinning.Others);
    }

    private static Topology Machine(int cores, int threads)
    {
        var cpus = Enumerable.Range(0, cores * threads).Select(cpu => new LogicalCpu(cpu, 0, cpu % cores)).ToList();
        return new Topology { Cpus = cpus, Allowed = [.. cpus.Select(cpu => cpu.Cpu)] };
    }
}
