namespace SyscallBench.Tests.Machine;

public sealed class TuneCpuPinTests(ThisMachine machine) : IDisposable
{
    private readonly TuneCpuFixture _tune = new(machine);

    public static TheoryData<string, string, string, string> Drivers => new()
    {
        { nameof(FakeCpufreq.IntelPstate), "performance", "3600000", "<unsupported>" },
        { nameof(FakeCpufreq.IntelPstatePassive), "userspace", "3600000", "3600000" },
        { nameof(FakeCpufreq.AmdPstateActive), "performance", "4500000", "<unsupported>" },
        { nameof(FakeCpufreq.AcpiIntel), "userspace", "2700000", "2700000" },
        { nameof(FakeCpufreq.AcpiAmd), "userspace", "3000000", "3000000" },
    };

    [Theory]
    [MemberData(nameof(Drivers))]
    public async Task Should_Hold_The_Base_Frequency_And_Put_Everything_Back_When_Driver_Is(string driver, string governor, string khz, string speed)
    {
        Make(driver);
        var before = _tune.Snapshot();

        var pinned = await _tune.RunAsync("pin");

        Assert.Equal(0, pinned);
        foreach (var policy in new[] { "cpufreq/policy0/", "cpufreq/policy1/" })
        {
            Assert.Equal(governor, _tune.Attribute(policy + "scaling_governor"));
            Assert.Equal(khz, _tune.Attribute(policy + "scaling_min_freq"));
            Assert.Equal(khz, _tune.Attribute(policy + "scaling_max_freq"));
            Assert.Equal(speed, _tune.Attribute(policy + "scaling_setspeed"));
        }

        // The kernel says <unsupported> again as soon as the governor is another one; a file does not.
        var restored = await _tune.RunAsync("restore");
        _tune.Set("cpufreq/policy0/scaling_setspeed", "<unsupported>");
        _tune.Set("cpufreq/policy1/scaling_setspeed", "<unsupported>");

        Assert.Equal(0, restored);
        Assert.Equal(before, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Theory]
    [InlineData(nameof(FakeCpufreq.IntelPstate), "intel_pstate/no_turbo", "1")]
    [InlineData(nameof(FakeCpufreq.AmdPstateActive), "cpufreq/boost", "0")]
    [InlineData(nameof(FakeCpufreq.AmdPstateActive), "cpufreq/policy1/boost", "0")]
    [InlineData(nameof(FakeCpufreq.AcpiAmd), "cpufreq/boost", "0")]
    public async Task Should_Switch_Turbo_Off_When_There_Is_A_Switch(string driver, string attribute, string expected)
    {
        Make(driver);

        await _tune.RunAsync("pin");

        Assert.Equal(expected, _tune.Attribute(attribute));
    }

    [Fact]
    public async Task Should_Leave_The_Journal_As_It_Is_When_Pinned_Twice()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        var (journal, machine) = (File.ReadAllText(_tune.Journal), _tune.Snapshot());

        var again = await _tune.RunAsync("pin");

        Assert.Equal(0, again);
        Assert.Contains("Pinned already", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(journal, File.ReadAllText(_tune.Journal));
        Assert.Equal(machine, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Refuse_When_An_Earlier_Pin_Is_No_Longer_Whole()
    {
        _tune.Root.IntelPstate();
        await _tune.RunAsync("pin");
        _tune.Set("intel_pstate/no_turbo", "0");
        var machine = _tune.Snapshot();

        var again = await _tune.RunAsync("pin");

        Assert.Equal(4, again);
        Assert.Equal(machine, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Raise_The_Upper_Limit_First_When_The_Frequency_Lies_Above_It()
    {
        _tune.Root.IntelPstate();
        _tune.Set("cpufreq/policy0/scaling_max_freq", "2000000");

        await _tune.RunAsync("pin");

        var upper = _tune.Output.IndexOf("policy0/scaling_max_freq: 2000000 -> 3600000", StringComparison.Ordinal);
        var lower = _tune.Output.IndexOf("policy0/scaling_min_freq: 800000 -> 3600000", StringComparison.Ordinal);
        Assert.InRange(upper, 0, lower);
    }

    [Fact]
    public async Task Should_Take_The_Frequency_From_The_Name_When_The_Driver_Has_No_Base()
    {
        _tune.Root.IntelPstate();
        File.Delete(_tune.Root.At(FakeCpufreq.Cpu + "cpufreq/policy0/base_frequency"));

        await _tune.RunAsync("pin");

        Assert.Equal("3600000", _tune.Attribute("cpufreq/policy0/scaling_max_freq"));
    }

    [Fact]
    public async Task Should_Take_The_Hardware_Limit_When_Turbo_Is_Off_And_Nobody_Knows_The_Base()
    {
        _tune.Root.AmdPstateWithoutCppc().With(FakeCpufreq.Cpu + "cpufreq/boost", "0");

        var pinned = await _tune.RunAsync("pin");

        Assert.Equal(0, pinned);
        Assert.Equal("5881000", _tune.Attribute("cpufreq/policy1/scaling_setspeed"));
    }

    [Fact]
    public async Task Should_Ask_For_A_Frequency_When_Nobody_Knows_The_Base()
    {
        _tune.Root.AmdPstateWithoutCppc();
        var before = _tune.Snapshot();

        var unknown = await _tune.RunAsync("pin");

        Assert.Equal(1, unknown);
        Assert.Contains("give --khz=N", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());

        var given = await _tune.RunAsync("pin", "--khz=4500000");

        Assert.Equal(0, given);
        Assert.Equal("4500000", _tune.Attribute("cpufreq/policy0/scaling_min_freq"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Should_Leave_The_Policy_Of_An_Offline_Cpu_Alone(int cpu)
    {
        _tune.Root.IntelPstate().Offline(cpu);
        var before = _tune.Snapshot();
        var online = cpu == 3 ? 0 : 1;

        var pinned = await _tune.RunAsync("pin");

        Assert.Equal(0, pinned);
        Assert.Contains($"policy{cpu}", _tune.Output, StringComparison.Ordinal);
        Assert.Equal("performance", _tune.Attribute($"cpufreq/policy{online}/scaling_governor"));
        Assert.Equal("", _tune.Attribute($"cpufreq/policy{cpu}/scaling_governor"));

        var shown = await _tune.RunAsync("show");

        Assert.Equal(0, shown);
        Assert.Contains("pinned   yes", _tune.Output, StringComparison.Ordinal);
        Assert.Contains($"offline  policy{cpu}", _tune.Output, StringComparison.Ordinal);

        var restored = await _tune.RunAsync("restore");

        Assert.Equal(0, restored);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Hold_Each_Policy_At_Its_Own_Base_Frequency()
    {
        _tune.Root.HybridPstate();

        var pinned = await _tune.RunAsync("pin");

        Assert.Equal(0, pinned);
        Assert.Equal(("3600000", "2400000"), (_tune.Attribute("cpufreq/policy0/scaling_max_freq"), _tune.Attribute("cpufreq/policy1/scaling_max_freq")));
    }

    [Fact]
    public async Task Should_Keep_A_Given_Frequency_Within_The_Limits_Of_Each_Core()
    {
        _tune.Root.HybridPstate();

        var pinned = await _tune.RunAsync("pin", "--khz=4000000");
        var again = await _tune.RunAsync("pin", "--khz=4000000");

        Assert.Equal((0, 0), (pinned, again));
        Assert.Equal(("4000000", "3700000"), (_tune.Attribute("cpufreq/policy0/scaling_max_freq"), _tune.Attribute("cpufreq/policy1/scaling_max_freq")));
    }

    [Fact]
    public async Task Should_Not_Take_The_Name_For_The_Base_Of_A_Slower_Core()
    {
        _tune.Root.HybridPstate();
        _tune.Set("cpufreq/policy1/cpuinfo_max_freq", "3000000");
        File.Delete(_tune.Root.At(FakeCpufreq.Cpu + "cpufreq/policy1/base_frequency"));

        var code = await _tune.RunAsync("pin");

        Assert.Equal(0, code);
        Assert.Equal("3000000", _tune.Attribute("cpufreq/policy1/scaling_max_freq"));
    }

    public void Dispose() => _tune.Dispose();

    private void Make(string driver) => _ = driver switch
    {
        nameof(FakeCpufreq.IntelPstate) => _tune.Root.IntelPstate(),
        nameof(FakeCpufreq.IntelPstatePassive) => _tune.Root.IntelPstatePassive(),
        nameof(FakeCpufreq.AmdPstateActive) => _tune.Root.AmdPstateActive(),
        nameof(FakeCpufreq.AcpiIntel) => _tune.Root.AcpiIntel(),
        nameof(FakeCpufreq.AcpiAmd) => _tune.Root.AcpiAmd(),
        _ => throw new ArgumentOutOfRangeException(nameof(driver), driver, null),
    };
}
