namespace SyscallBench.Tests.Machine;

/// <summary>Machines as their frequency drivers show them: two policies of one CPU each, turbo on, as after boot.</summary>
internal static class FakeCpufreq
{
    public const string Cpu = "/sys/devices/system/cpu/";

    public static FakeRoot IntelPstate(this FakeRoot root) => root
        .Machine("Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz")
        .With(Cpu + "intel_pstate/status", "active")
        .With(Cpu + "intel_pstate/no_turbo", "0")
        .Policies("intel_pstate", "powersave", "performance powersave", 800000, 4900000, ("base_frequency", "3600000"), ("energy_performance_preference", "balance_performance"));

    public static FakeRoot IntelPstatePassive(this FakeRoot root) => root
        .Machine("Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz")
        .With(Cpu + "intel_pstate/status", "passive")
        .With(Cpu + "intel_pstate/no_turbo", "0")
        .Policies("intel_cpufreq", "schedutil", "userspace powersave performance schedutil", 800000, 4900000);

    public static FakeRoot AmdPstateActive(this FakeRoot root) => root
        .Machine("AMD Ryzen 9 7950X 16-Core Processor")
        .With(Cpu + "cpufreq/boost", "1")
        .With(Cpu + "cpu0/acpi_cppc/nominal_freq", "4500")
        .With(Cpu + "cpu1/acpi_cppc/nominal_freq", "4500")
        .Policies("amd-pstate-epp", "powersave", "performance powersave", 545000, 5881000, ("boost", "1"), ("energy_performance_preference", "balance_performance"));

    public static FakeRoot AmdPstateWithoutCppc(this FakeRoot root) => root
        .Machine("AMD Ryzen 9 7950X 16-Core Processor")
        .Policies("amd-pstate", "schedutil", "userspace performance schedutil", 545000, 5881000);

    /// <summary>Intel: turbo is the step one MHz above the base frequency.</summary>
    public static FakeRoot AcpiIntel(this FakeRoot root) => root
        .Machine("Intel(R) Xeon(R) CPU E5-2680")
        .With(Cpu + "cpufreq/boost", "1")
        .Policies("acpi-cpufreq", "ondemand", "ondemand userspace performance", 1200000, 2701000,
            ("scaling_available_frequencies", "2701000 2700000 2000000 1200000 "), ("bios_limit", "2701000"));

    /// <summary>AMD: boost has no step of its own.</summary>
    public static FakeRoot AcpiAmd(this FakeRoot root) => root
        .Machine("AMD EPYC 7302 16-Core Processor")
        .With(Cpu + "cpufreq/boost", "1")
        .Policies("acpi-cpufreq", "ondemand", "ondemand userspace performance", 1500000, 3000000,
            ("scaling_available_frequencies", "3000000 2000000 1500000 "), ("bios_limit", "3000000"));

    public static FakeRoot WithoutCpufreq(this FakeRoot root) => root.Machine("AMD EPYC").With(Cpu + "online", "0-1");

    /// <summary>A hybrid CPU: policy 0 is a performance core, policy 1 an efficiency core.</summary>
    public static FakeRoot HybridPstate(this FakeRoot root) => root.IntelPstate()
        .With(Cpu + "cpufreq/policy1/base_frequency", "2400000")
        .With(Cpu + "cpufreq/policy1/cpuinfo_max_freq", "3700000")
        .With(Cpu + "cpufreq/policy1/scaling_max_freq", "3700000");

    /// <summary>The kernel keeps the policy of a CPU that is offline, and answers every read of it with EBUSY, for which empty files stand.</summary>
    public static FakeRoot Offline(this FakeRoot root, int cpu)
    {
        foreach (var name in new[] { "affected_cpus", "scaling_driver", "scaling_governor", "scaling_available_governors", "cpuinfo_max_freq", "scaling_min_freq", "scaling_max_freq", "scaling_setspeed" })
        {
            root.With($"{Cpu}cpufreq/policy{cpu}/{name}", "");
            File.WriteAllText(root.At($"{Cpu}cpufreq/policy{cpu}/{name}"), "");
        }

        return root;
    }

    /// <summary>The kernel gives each boot another name.</summary>
    public static FakeRoot Booted(this FakeRoot root, string boot) => root.With("/proc/sys/kernel/random/boot_id", boot);

    private static FakeRoot Machine(this FakeRoot root, string name) => root.Booted("boot-1").With("/proc/cpuinfo", $"processor\t: 0\nmodel name\t: {name}");

    private static FakeRoot Policies(
        this FakeRoot root, string driver, string governor, string governors, int min, int max, params (string Name, string Value)[] more)
    {
        (string, string)[] common =
        [
            ("scaling_driver", driver), ("scaling_governor", governor), ("scaling_available_governors", governors + " "),
            ("cpuinfo_min_freq", $"{min}"), ("cpuinfo_max_freq", $"{max}"), ("scaling_min_freq", $"{min}"), ("scaling_max_freq", $"{max}"),
            ("scaling_setspeed", "<unsupported>"),
        ];
        foreach (var cpu in new[] { 0, 1 })
        {
            root.With($"{Cpu}cpufreq/policy{cpu}/affected_cpus", $"{cpu}");
            foreach (var (name, value) in common.Concat(more))
                root.With($"{Cpu}cpufreq/policy{cpu}/{name}", value);
        }

        return root;
    }
}
