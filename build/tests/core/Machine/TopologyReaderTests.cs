using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Machine;

public sealed class TopologyReaderTests
{
    [Fact]
    public void Should_Find_Cores_And_Siblings_When_Sysfs_Has_Them()
    {
        using var root = new FakeRoot().With("/sys/devices/system/cpu/online", "0-3").With("/sys/devices/system/cpu/isolated", "1,3");
        foreach (var cpu in Enumerable.Range(0, 4))
        {
            root.With($"/sys/devices/system/cpu/cpu{cpu}/topology/physical_package_id", "0");
            root.With($"/sys/devices/system/cpu/cpu{cpu}/topology/core_id", $"{cpu % 2}");
        }

        var topology = TopologyReader.Read(root.Files, [0, 2]);

        Assert.Equal([1, 3], topology.Siblings(3));
        Assert.Equal([1, 3], topology.Isolated);
        Assert.Equal([0, 2], topology.Allowed);
    }

    [Fact]
    public void Should_Take_Each_Cpu_For_A_Core_When_Sysfs_Is_Not_There()
    {
        using var root = new FakeRoot();

        var topology = TopologyReader.Read(root.Files, [0, 1]);

        Assert.Equal([1], topology.Siblings(1));
    }

    [Fact]
    public void Should_Hold_Every_Allowed_Cpu_When_It_Reads_This_Machine()
    {
        var topology = TopologyReader.Read(new SystemFiles(), CpuAffinity.Get());

        Assert.Subset(topology.Cpus.Select(cpu => cpu.Cpu).ToHashSet(), topology.Allowed.ToHashSet());
    }
}
