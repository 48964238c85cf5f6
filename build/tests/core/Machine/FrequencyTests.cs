using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class FrequencyTests
{
    [Fact]
    public void Should_Find_No_Scaling_When_Machine_Has_None()
    {
        var frequency = FrequencyFacts.Read(CapturedMachine.EpycVm);

        Assert.False(frequency.Scales);
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

        var frequency = FrequencyFacts.Read(root.Files);

        Assert.Equal("intel_pstate", frequency.Driver);
        Assert.True(frequency.Turbo);
        Assert.Equal([0, 1, 4, 5], frequency.Policies.SelectMany(policy => policy.Cpus));
        Assert.Equal([4900000L, 3600000L], frequency.Policies.Select(policy => policy.MaxKhz));
    }

    [Theory]
    [InlineData("performance", 3600000, true)]
    [InlineData("userspace", 3600000, true)]
    [InlineData("schedutil", 3600000, false)]
    [InlineData("performance", 800000, false)]
    public void Should_Be_Held_Only_When_Nothing_May_Change_The_Frequency(string governor, long min, bool expected)
    {
        using var root = new FakeRoot();
        Policy(root, 0, governor, min, 3600000);

        Assert.Equal(expected, Assert.Single(FrequencyFacts.Read(root.Files).Policies).Held);
    }

    [Fact]
    public void Should_Skip_The_Policy_Of_A_Cpu_That_Is_Offline()
    {
        using var root = new FakeRoot();
        Policy(root, 0, "performance", 3600000, 3600000);
        foreach (var name in new[] { "affected_cpus", "scaling_driver", "scaling_governor", "scaling_min_freq", "scaling_max_freq" })
            root.With($"/sys/devices/system/cpu/cpufreq/policy3/{name}", "");

        Assert.Equal([0, 1], Assert.Single(FrequencyFacts.Read(root.Files).Policies).Cpus);
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
