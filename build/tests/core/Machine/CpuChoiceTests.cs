using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public sealed class CpuChoiceTests
{
    [Fact]
    public void Should_Take_The_Last_Core_When_Cores_Are_Whole()
    {
        var choice = CpuChoice.Of(Machine(cores: 4, threads: 1));

        Assert.Equal((3, null, false), (choice.Cpu, choice.Kind, choice.IsIsolated));
        Assert.Equal([0, 1, 2], choice.Others);
    }

    [Fact]
    public void Should_Leave_The_Sibling_Idle_When_Cores_Have_Two_Threads()
    {
        // Given CPUs 0 to 3, with siblings 4 to 7, as Linux numbers them.
        var choice = CpuChoice.Of(Machine(cores: 4, threads: 2));

        Assert.Equal(3, choice.Cpu);
        Assert.Equal([7], choice.IdleSiblings);
        Assert.Equal([0, 1, 2, 4, 5, 6], choice.Others);
    }

    [Fact]
    public void Should_Take_An_Isolated_Cpu_When_There_Is_One()
    {
        var choice = CpuChoice.Of(Machine(cores: 4, threads: 2) with { Isolated = [2, 6], Allowed = [0, 1, 3, 4, 5, 7] });

        Assert.Equal((2, true), (choice.Cpu, choice.IsIsolated));
        Assert.Equal([0, 1, 3, 4, 5, 7], choice.Others);
    }

    [Fact]
    public void Should_Say_That_It_Is_Isolated_When_Nothing_Else_Is_Allowed()
    {
        var choice = CpuChoice.Of(Machine(cores: 8, threads: 1) with { Isolated = [6, 7], Allowed = [6, 7] });

        Assert.Equal((7, true), (choice.Cpu, choice.IsIsolated));
        Assert.Equal([6], choice.Others);
    }

    [Theory]
    [InlineData(1, 2, new[] { 0, 1 })]
    [InlineData(4, 1, new[] { 2 })]
    public void Should_Have_No_Other_Cpu_When_One_Core_Is_All_There_Is(int cores, int threads, int[] allowed)
    {
        var choice = CpuChoice.Of(Machine(cores, threads) with { Allowed = allowed });

        Assert.Equal(allowed[0], choice.Cpu);
        Assert.Empty(choice.Others);
    }

    [Fact]
    public void Should_Stay_On_Allowed_Cpus_When_Not_All_Are()
    {
        var choice = CpuChoice.Of(Machine(cores: 8, threads: 1) with { Allowed = [1, 4, 5] });

        Assert.Equal(5, choice.Cpu);
        Assert.Equal([1, 4], choice.Others);
    }

    [Fact]
    public void Should_Keep_Cores_Of_Two_Sockets_Apart_When_Their_Numbers_Repeat()
    {
        var choice = CpuChoice.Of(new Topology { Cpus = [new(0, 0, 0), new(1, 1, 0)], Allowed = [0, 1] });

        Assert.Equal(1, choice.Cpu);
        Assert.Equal([0], choice.Others);
    }

    [Fact]
    public void Should_Take_A_Performance_Core_On_A_Hybrid_Cpu()
    {
        var choice = CpuChoice.Of(CapturedMachine.Hybrid());

        Assert.Equal((14, CoreKind.Performance), (choice.Cpu, choice.Kind));
        Assert.Equal([15], choice.IdleSiblings);
        Assert.Equal([.. Enumerable.Range(0, 14), 16, 17, 18, 19], choice.Others);
        Assert.Contains("performance", choice.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_It_Is_An_Efficiency_Core_When_No_Other_Is_Allowed()
    {
        var choice = CpuChoice.Of(CapturedMachine.Hybrid("17-19"));

        Assert.Equal((19, CoreKind.Efficiency), (choice.Cpu, choice.Kind));
    }

    [Fact]
    public void Should_Stay_In_The_Containers_Affinity()
    {
        // lxcfs: the files say 0 to 3, the kernel lets this process run on 24 to 27.
        using var root = new FakeRoot().With("/sys/devices/system/cpu/online", "0-3").With("/proc/self/status", "Cpus_allowed_list:\t24-27");

        var choice = CpuChoice.Of(Topology.Read(root.Files));

        Assert.Equal(27, choice.Cpu);
        Assert.Equal([24, 25, 26], choice.Others);
    }

    private static Topology Machine(int cores, int threads)
    {
        var cpus = Enumerable.Range(0, cores * threads).Select(cpu => new LogicalCpu(cpu, 0, cpu % cores)).ToList();
        return new Topology { Cpus = cpus, Allowed = [.. cpus.Select(cpu => cpu.Cpu)] };
    }
}
