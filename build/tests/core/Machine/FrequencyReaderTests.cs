using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class FrequencyReaderTests
{
    [Fact]
    public void Should_Find_No_Scaling_When_Machine_Has_None()
    {
        var frequency = FrequencyReader.Read(CapturedMachine.EpycVm);

        Assert.False(frequency.Scales);
        Assert.False(frequency.Pinned);
        Assert.Null(frequency.Driver);
        Assert.Null(frequency.Turbo);
    }

    [Fact]
    public void Should_Read_Every_Policy_When_Machine_Scales()
    {
        using var root = new FakeRoot();
        Policy(root, 0, "powersave", 800000, 4900000);
        Policy(root, 4, "powersave", 800000, 3600000);
        root.With("/sys/devices/system/cpu/intel_pstate/no_turbo", "0");

        var frequency = FrequencyReader.Read(root.Files);

        Assert.Equal("intel_pstate", frequency.Driver);
        Assert.True(frequency.Turbo);
        Assert.False(frequency.Pinned);
        Assert.Equal([0, 1, 4, 5], frequency.Policies.SelectMany(policy => policy.Cpus));
        Assert.Equal([4900000L, 3600000L], frequency.Policies.Select(policy => policy.MaxKhz));
    }

    [Theory]
    [InlineData("performance", 3600000, "0", true)]
    [InlineData("userspace", 3600000, "0", true)]
    [InlineData("performance", 3600000, "1", false)]
    [InlineData("schedutil", 3600000, "0", false)]
    [InlineData("performance", 800000, "0", false)]
    public void Should_Be_Pinned_Only_When_Nothing_May_Change_The_Frequency(string governor, long min, string boost, bool expected)
    {
        using var root = new FakeRoot();
        Policy(root, 0, governor, min, 3600000);
        root.With("/sys/devices/system/cpu/cpufreq/boost", boost);

        Assert.Equal(expected, FrequencyReader.Read(root.Files).Pinned);
    }

    private static void Policy(FakeRoot root, int cpu, string governor, long min, long max)
    {
        var folder = $"/sys/devices/system/cpu/cpufreq/policy{cpu}/";
        root.With(folder + "affected_cpus", $"{cpu} {cpu + 1}")
            .With(folder + "scaling_driver", "intel_pstate")
            .With(folder + "scaling_governor", governor)
            .With(folder + "scaling_min_freq", $"{min}")
            .With(folder + "scaling_max_freq", $"{max}");
    }
}
