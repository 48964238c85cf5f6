namespace SyscallBench.Machine;

/// <summary>How the CPUs spent their time since the machine started, in USER_HZ ticks over all CPUs (first line of /proc/stat, proc_stat(5)).</summary>
/// <param name="Busy">Time in user and kernel mode.</param>
/// <param name="Idle">Time idle or waiting for a disk.</param>
/// <param name="Steal">Time that a hypervisor gave to somebody else although this machine wanted it.</param>
public sealed record CpuTimes(long Busy, long Idle, long Steal)
{
    /// <summary>Share of the time wanted that was stolen: steal over steal and busy, 0 to 1. 0 where nothing was wanted.</summary>
    public double StealShare => Busy + Steal == 0 ? 0 : (double)Steal / (Busy + Steal);

    /// <summary>What was spent between two readings.</summary>
    public CpuTimes Since(CpuTimes before) => new(Busy - before.Busy, Idle - before.Idle, Steal - before.Steal);

    /// <returns>Null where the text has no line of totals, or too few columns.</returns>
    public static CpuTimes? Parse(string? text)
    {
        // user nice system idle iowait irq softirq steal guest guest_nice; guests' time is contained in user's already.
        return text?.TrimStart().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["cpu", .. var columns]
            && columns.Take(8).Select(SystemFiles.ParseNumber).OfType<long>().ToList() is [var user, var nice, var system, var idle, var disk, var irq, var softirq, var steal]
            ? new CpuTimes(user + nice + system + irq + softirq, idle + disk, steal)
            : null;
    }
}

/// <summary>Main memory in bytes, as /proc/meminfo knows it.</summary>
/// <param name="Total">What the kernel has to hand out.</param>
/// <param name="Available">What programs can still take without swapping.</param>
public sealed record MemoryInfo(long Total, long Available)
{
    /// <returns>Null where one of the two is not known.</returns>
    public static MemoryInfo? Read(SystemFiles files)
    {
        return (Bytes("MemTotal"), Bytes("MemAvailable")) is ({ } total, { } available) ? new MemoryInfo(total, available) : null;

        // "24684092 kB", where the kernel's kB are 1024 bytes.
        long? Bytes(string name) => files.Field("/proc/meminfo", name)?.Split(' ') is [var kilobytes, "kB"] ? 1024 * SystemFiles.ParseNumber(kilobytes) : null;
    }
}
