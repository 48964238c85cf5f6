using SyscallBench.Boots;
using SyscallBench.Doctor;
using SyscallBench.Machine;

namespace SyscallBench.Tests.Doctor;

/// <summary>A machine with which every check is content.</summary>
internal static class Healthy
{
    public static FrequencyPolicy Held { get; } = new([0], "acpi-cpufreq", "userspace", 3600000, 3600000);

    public static MachineState Machine { get; } = new()
    {
        Host = new HostFacts
        {
            Cpu = new CpuInfo { Model = "Core", Microcode = "0xf8", LogicalCpus = 8 },
            Clock = new ClockFacts("tsc", ["tsc"], Constant: true, Nonstop: true),
            Topology = new Topology { Cpus = [new(1, 0, 0), new(2, 0, 1)], Allowed = [1, 2], Isolated = [2] },
            Frequency = new FrequencyFacts([Held], Turbo: false),
            Memory = new MemoryInfo(1L << 34, 1L << 33),
            IsolatedCpus = [2],
            Vulnerabilities = new Dictionary<string, string> { ["meltdown"] = "Mitigation: PTI" },
        },
        Load = 0.1,
        Times = new CpuTimes(1000, 9000, 0),
        Kvm = new KvmAnswer(true, "a guest answered"),
        MissingPackages = [],
        Folders = [new FolderState("/work", 1, 2, true)],
    };

    public static MachineState With(HostFacts host) => Machine with { Host = host };
}
