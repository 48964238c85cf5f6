using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public sealed class ProcessLimitsTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Should_Take_The_Lowest_Limit_Above_It_When_Cgroups_Are_Of_Version_2()
    {
        using var root = new FakeRoot().With("/proc/self/cgroup", "0::/system.slice/docker-1.scope")
            .With("/sys/fs/cgroup/system.slice/docker-1.scope/memory.max", "max")
            .With("/sys/fs/cgroup/system.slice/docker-1.scope/cpu.max", "50000 100000")
            .With("/sys/fs/cgroup/system.slice/memory.max", $"{512 * Mebibyte}")
            .With("/sys/fs/cgroup/system.slice/memory.current", $"{300 * Mebibyte}")
            .With("/sys/fs/cgroup/system.slice/memory.stat", $"anon 1\ninactive_file {100 * Mebibyte}\nactive_file 5")
            .With("/sys/fs/cgroup/system.slice/cpu.max", "max 100000");

        var limits = ProcessLimits.Read(root.Files);

        Assert.Equal(new ProcessLimits(512 * Mebibyte, 312 * Mebibyte, 0.5, null), limits);
    }

    [Fact]
    public void Should_Look_At_The_Top_When_A_Container_Sees_Its_Own_Group_Only()
    {
        using var root = new FakeRoot().With("/proc/self/cgroup", "0::/../../docker/123")
            .With("/sys/fs/cgroup/memory.max", $"{512 * Mebibyte}")
            .With("/sys/fs/cgroup/cpu.max", "150000 100000");

        var limits = ProcessLimits.Read(root.Files);

        Assert.Equal((512 * Mebibyte, 1.5), (limits.MemoryLimit, limits.Cpus));
    }

    [Fact]
    public void Should_Read_Each_Controllers_Own_Tree_When_Cgroups_Are_Of_Version_1()
    {
        using var root = new FakeRoot().With("/proc/self/cgroup", "4:memory:/docker/1\n3:cpu,cpuacct:/docker/1\n1:name=systemd:/docker/1\n0::/")
            .With("/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes", $"{256 * Mebibyte}")
            .With("/sys/fs/cgroup/memory/docker/1/memory.usage_in_bytes", $"{56 * Mebibyte}")
            .With("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712")
            .With("/sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_quota_us", "200000")
            .With("/sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_period_us", "100000")
            .With("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1");

        Assert.Equal(new ProcessLimits(256 * Mebibyte, 200 * Mebibyte, 2, null), ProcessLimits.Read(root.Files));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public void Should_Know_A_Seccomp_Filter(string mode, bool expected)
    {
        using var root = new FakeRoot().With("/proc/self/status", $"Name:\tx\nSeccomp:\t{mode}\nSeccomp_filters:\t1");

        Assert.Equal(expected, ProcessLimits.Read(root.Files).SeccompFilter);
    }

    [Fact]
    public void Should_Find_No_Limit_When_There_Are_No_Files()
    {
        using var root = new FakeRoot();

        Assert.Equal(ProcessLimits.None, ProcessLimits.Read(root.Files));
    }
}
