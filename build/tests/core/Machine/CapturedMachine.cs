using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

/// <summary>Files of real machines, one directory each.</summary>
public static class CapturedMachine
{
    /// <summary>A VM with two CPUs of an AMD EPYC, Debian 12, without frequency scaling and without DMI.</summary>
    public static SystemFiles EpycVm { get; } = new(Path.Join(AppContext.BaseDirectory, "captured", "machine", "epyc-vm"));

    /// <summary>A hybrid CPU as sysfs shows it: 0 to 15 are the threads of eight P cores, 16 to 19 are E cores.</summary>
    public static Topology Hybrid(string allowed = "0-19")
    {
        using var root = HybridRoot(allowed);
        return Topology.Read(root.Files);
    }

    public static FakeRoot HybridRoot(string allowed = "0-19")
    {
        var root = new FakeRoot().With("/sys/devices/system/cpu/online", "0-19")
            .With("/proc/self/status", $"Cpus_allowed_list:\t{allowed}")
            .With("/sys/devices/cpu_core/cpus", "0-15")
            .With("/sys/devices/cpu_atom/cpus", "16-19");
        foreach (var cpu in Enumerable.Range(0, 20))
        {
            var folder = $"/sys/devices/system/cpu/cpu{cpu}";
            root.With($"{folder}/topology/physical_package_id", "0")
                .With($"{folder}/topology/core_id", $"{(cpu < 16 ? cpu / 2 * 4 : cpu + 16)}")
                .With($"{folder}/topology/thread_siblings_list", cpu < 16 ? $"{cpu & ~1}-{cpu | 1}" : $"{cpu}")
                .With($"{folder}/cpu_capacity", cpu < 16 ? "1024" : "623");
        }

        return root;
    }
}
