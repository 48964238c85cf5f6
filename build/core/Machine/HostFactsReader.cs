namespace SyscallBench.Machine;

/// <summary>Reads everything about the host that the provenance keeps and the doctor judges.</summary>
public static class HostFactsReader
{
    public static HostFacts Read(SystemFiles files)
    {
        var cpu = CpuInfoParser.Parse(files.Read("/proc/cpuinfo") ?? "");
        var clock = ClockFacts.Read(files, cpu);
        return new HostFacts
        {
            Os = files.ReadValue("/etc/os-release") is { } release ? OsRelease.PrettyName(release) : null,
            Kernel = files.ReadValue("/proc/sys/kernel/osrelease"),
            Product = Product(files),
            Cpu = cpu,
            Clock = clock,
            Frequency = FrequencyReader.Read(files),
            Memory = files.ReadValue("/proc/meminfo") is { } memory ? MemoryInfo.Parse(memory) : null,
            Hypervisor = Hypervisor.Detect(files, cpu, clock),
            Smt = files.ReadValue("/sys/devices/system/cpu/smt/active") switch { "1" => true, "0" => false, _ => null },
            IsolatedCpus = CpuList.ParseOrNone(files.ReadValue("/sys/devices/system/cpu/isolated")),
            TicklessCpus = CpuList.ParseOrNone(files.ReadValue("/sys/devices/system/cpu/nohz_full")),
            Parameters = KernelParameters.Parse(files.Read("/proc/cmdline") ?? ""),
            Vulnerabilities = Vulnerabilities.Read(files),
        };
    }

    private static string? Product(SystemFiles files)
    {
        string?[] words = [files.ReadValue("/sys/class/dmi/id/sys_vendor"), files.ReadValue("/sys/class/dmi/id/product_name")];
        return words.Any(word => word is not null) ? string.Join(' ', words.OfType<string>()) : null;
    }
}
