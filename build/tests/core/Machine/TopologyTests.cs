using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public sealed class TopologyTests
{
    private const string Cpu = "/sys/devices/system/cpu/";

    [Fact]
    public void Should_Find_Cores_And_Siblings_When_Sysfs_Has_Them()
    {
        using var root = Allowed("0,2").With(Cpu + "online", "0-3").With(Cpu + "isolated", "1,3");
        foreach (var cpu in Enumerable.Range(0, 4))
            root.With($"{Cpu}cpu{cpu}/topology/physical_package_id", "0").With($"{Cpu}cpu{cpu}/topology/core_id", $"{cpu % 2}");

        var topology = Topology.Read(root.Files, cpu => cpu == 3);

        Assert.Equal([1, 3], topology.Siblings(3));
        Assert.Equal([3], topology.Isolated);
        Assert.Equal([0, 2], topology.Allowed);
    }

    [Fact]
    public void Should_Keep_Cores_Of_Two_Dies_Apart_When_Their_Numbers_Repeat()
    {
        using var root = Allowed("0-1").With(Cpu + "online", "0-1");
        foreach (var cpu in new[] { 0, 1 })
            root.With($"{Cpu}cpu{cpu}/topology/physical_package_id", "0").With($"{Cpu}cpu{cpu}/topology/die_id", $"{cpu}").With($"{Cpu}cpu{cpu}/topology/core_id", "0");

        Assert.Equal([1], Topology.Read(root.Files).Siblings(1));
    }

    [Fact]
    public void Should_Believe_The_Kernels_List_When_It_Names_The_Siblings()
    {
        using var root = Allowed("0-3").With(Cpu + "online", "0-3");
        foreach (var cpu in Enumerable.Range(0, 4))
            root.With($"{Cpu}cpu{cpu}/topology/core_id", "0").With($"{Cpu}cpu{cpu}/topology/thread_siblings_list", cpu < 2 ? "0-1" : "2-3");

        Assert.Equal([2, 3], Topology.Read(root.Files).Siblings(3));
    }

    [Fact]
    public void Should_Take_Each_Cpu_For_A_Core_When_Sysfs_Is_Not_There()
    {
        using var root = Allowed("0-1");

        Assert.Equal([1], Topology.Read(root.Files).Siblings(1));
    }

    [Fact]
    public void Should_Use_The_Affinitys_Numbers_When_Online_Is_Made_Up()
    {
        // lxcfs numbers the CPUs of a container from 0.
        using var root = Allowed("24-27").With(Cpu + "online", "0-3");

        var topology = Topology.Read(root.Files);

        Assert.Equal([24, 25, 26, 27], topology.Allowed);
        Assert.Equal([24, 25, 26, 27], topology.Cpus.Select(cpu => cpu.Cpu));
    }

    [Fact]
    public void Should_Have_One_Cpu_When_Nothing_Is_Known()
    {
        using var root = new FakeRoot();

        Assert.Equal([0], Topology.Read(root.Files).Allowed);
    }

    [Theory]
    [InlineData("cpu_capacity", 1024, 623)]
    [InlineData("cpufreq/base_frequency", 3000000, 2200000)]
    [InlineData("acpi_cppc/nominal_freq", 4000, 2800)]
    public void Should_Tell_The_Kinds_Of_Core_Apart_By_Their_Speed(string name, int fast, int slow)
    {
        using var root = Allowed("0-3").With(Cpu + "online", "0-3");
        foreach (var cpu in Enumerable.Range(0, 4))
            root.With($"{Cpu}cpu{cpu}/{name}", $"{(cpu < 2 ? fast - (cpu * fast / 20) : slow)}");

        var kinds = Topology.Read(root.Files).Cpus.Select(cpu => cpu.Kind);

        Assert.Equal([CoreKind.Performance, CoreKind.Performance, CoreKind.Efficiency, CoreKind.Efficiency], kinds);
    }

    [Fact]
    public void Should_Name_No_Kind_When_Cores_Only_Boost_Differently()
    {
        using var root = Allowed("0-1").With($"{Cpu}cpu0/cpu_capacity", "1024").With($"{Cpu}cpu1/cpu_capacity", "980");

        Assert.All(Topology.Read(root.Files).Cpus, cpu => Assert.Null(cpu.Kind));
    }

    [Fact]
    public void Should_Hold_Every_Allowed_Cpu_When_It_Reads_This_Machine()
    {
        var topology = Topology.Read(new SystemFiles());

        Assert.Subset(topology.Cpus.Select(cpu => cpu.Cpu).ToHashSet(), topology.Allowed.ToHashSet());
    }

    private static FakeRoot Allowed(string cpus) => new FakeRoot().With("/proc/self/status", $"Name:\tdotnet\nCpus_allowed:\tff\nCpus_allowed_list:\t{cpus}\nSeccomp:\t0");
}
