namespace SyscallBench.Tests.Machine;

public sealed class TuneCpuRestoreTests(ThisMachine machine) : IDisposable
{
    private readonly TuneCpuFixture _tune = new(machine);

    [Fact]
    public async Task Should_Say_So_When_There_Is_Nothing_To_Restore()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();

        var code = await _tune.RunAsync("restore");

        Assert.Equal(0, code);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Change_Nothing_When_A_Reboot_Put_Everything_Back_Already()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();
        await _tune.RunAsync("pin");
        _tune.Root.IntelPstate().Booted("boot-2");

        var code = await _tune.RunAsync("restore");

        Assert.Equal(0, code);
        Assert.DoesNotContain("->", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Put_The_Users_Own_Values_Back_When_A_Reboot_Set_The_Defaults()
    {
        _tune.Root.IntelPstate();
        _tune.Set("cpufreq/policy0/scaling_max_freq", "2000000");
        await _tune.RunAsync("pin");
        _tune.Root.IntelPstate().Booted("boot-2");

        await _tune.RunAsync("restore");

        Assert.Equal("2000000", _tune.Attribute("cpufreq/policy0/scaling_max_freq"));
        Assert.Equal("800000", _tune.Attribute("cpufreq/policy0/scaling_min_freq"));
    }

    [Fact]
    public async Task Should_Forget_The_Pin_When_A_Reboot_Brought_Another_Driver()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        _tune.Root.AcpiIntel().Booted("boot-2");
        var machine = _tune.Snapshot();

        var code = await _tune.RunAsync("restore");

        Assert.Equal(0, code);
        Assert.Contains("acpi-cpufreq", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(machine, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Keep_The_Old_Values_When_The_Driver_Was_Switched_By_Hand()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        _tune.Root.IntelPstatePassive();
        var machine = _tune.Snapshot();

        var code = await _tune.RunAsync("restore");

        Assert.Equal(6, code);
        Assert.Equal(machine, _tune.Snapshot());
        Assert.True(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Put_The_Rest_Back_And_Keep_The_Old_Values_When_A_Cpu_Is_Offline()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        Directory.Delete(_tune.Root.At(FakeCpufreq.Cpu + "cpufreq/policy1"), recursive: true);

        var code = await _tune.RunAsync("restore");

        Assert.Equal(6, code);
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy0/scaling_governor"));
        Assert.True(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Keep_The_Old_Values_Of_A_Cpu_That_Went_Offline_Since()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();
        await _tune.RunAsync("pin");
        var pinned = _tune.Snapshot();
        _tune.Root.Offline(1);

        var first = await _tune.RunAsync("restore");

        Assert.Equal(6, first);
        Assert.Contains("policy1", _tune.Output, StringComparison.Ordinal);
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy0/scaling_governor"));
        Assert.Equal("", _tune.Attribute("cpufreq/policy1/scaling_governor"));

        // Online again, the kernel gives the policy what it had.
        foreach (var (file, text) in pinned.Where(entry => entry.Key.Contains("policy1", StringComparison.Ordinal)))
            File.WriteAllText(file, text);
        var second = await _tune.RunAsync("restore");

        Assert.Equal(0, second);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Put_The_Rest_Back_When_The_Kernel_Refuses_One_Value()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");

        // A file of the kernel's own that refuses this value with EINVAL.
        File.Delete(_tune.Root.At(FakeCpufreq.Cpu + "cpufreq/policy0/scaling_governor"));
        File.CreateSymbolicLink(_tune.Root.At(FakeCpufreq.Cpu + "cpufreq/policy0/scaling_governor"), "/proc/self/oom_score_adj");

        var code = await _tune.RunAsync("restore");

        Assert.Equal(6, code);
        Assert.Contains("policy0/scaling_governor", _tune.Output, StringComparison.Ordinal);
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy1/scaling_governor"));
        Assert.True(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Put_The_Energy_Preference_Back_After_The_Governor_When_The_Kernel_Changed_It()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        _tune.Set("cpufreq/policy0/energy_performance_preference", "performance");

        await _tune.RunAsync("restore");

        Assert.Equal("balance_performance", _tune.Attribute("cpufreq/policy0/energy_performance_preference"));
        Assert.InRange(
            _tune.Output.IndexOf("policy0/scaling_governor", StringComparison.Ordinal),
            0,
            _tune.Output.IndexOf("policy0/energy_performance_preference", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Put_The_Users_Own_Speed_Back_When_The_Governor_Was_Userspace()
    {
        _tune.Root.AcpiAmd();
        foreach (var policy in new[] { "cpufreq/policy0/", "cpufreq/policy1/" })
        {
            _tune.Set(policy + "scaling_governor", "userspace");
            _tune.Set(policy + "scaling_setspeed", "2000000");
        }

        var before = _tune.Snapshot();
        await _tune.RunAsync("pin");
        await _tune.RunAsync("restore");

        Assert.Equal(before, _tune.Snapshot());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tune-cpu journal 2\nend=0\n")]
    [InlineData("tune-cpu journal 1\ndriver=intel_pstate\ndevices/system/cpu/intel_pstate/no_turbo=0\n")]
    [InlineData("tune-cpu journal 1\ndriver=intel_pstate\ndevices/system/cpu/../../../../etc/passwd=0\nend=1\n")]
    [InlineData("tune-cpu journal 1\ndriver=intel_pstate\n/etc/passwd=0\nend=1\n")]
    public async Task Should_Change_Nothing_When_The_Journal_Is_Damaged(string journal)
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();
        Directory.CreateDirectory(_tune.State);
        File.WriteAllText(_tune.Journal, journal);

        var code = await _tune.RunAsync("restore");

        Assert.Equal(1, code);
        Assert.Contains("is damaged", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());
        Assert.True(File.Exists(_tune.Journal));
    }

    public void Dispose() => _tune.Dispose();
}
