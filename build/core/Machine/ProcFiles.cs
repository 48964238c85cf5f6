namespace SyscallBench.Machine;

/// <summary>How the CPUs spent their time since the machine started, in USER_HZ ticks over all CPUs (first line of /proc/stat, proc_stat(5)).</summary>
/// <param name="Busy">Time in user and kernel mode.</param>
/// <param name="Idle">Time idle or waiting for a disk.</param>
/// <param name="Steal">Time that a hypervisor gave to somebody else although this machine wanted it.</param>
public sealed record CpuTimes(long Busy, long Idle, long Steal)
{
    public long Total => Busy + Idle + Steal;

    /// <summary>Share of the time wanted that was stolen: steal over steal and busy, 0 to 1. 0 where nothing was wanted.</summary>
    public double StealShare => Busy + Steal == 0 ? 0 : (double)Steal / (Busy + Steal);

    /// <summary>What was spent between two readings.</summary>
    public CpuTimes Since(CpuTimes before) => new(Busy - before.Busy, Idle - before.Idle, Steal - before.Steal);

    /// <returns>Null where the text has no line of totals, or too few columns.</returns>
    public static CpuTimes? Parse(string text)
    {
        var words = text.TrimStart().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["cpu", .. var columns] || columns.Length < 8)
            return null;

        // user nice system idle iowait irq softirq steal guest guest_nice; guests' time is contained in user's already.
        var ticks = new long[8];
        for (var i = 0; i < ticks.Length; i++)
        {
            if (!long.TryParse(columns[i], NumberStyles.None, CultureInfo.InvariantCulture, out ticks[i]))
                return null;
        }

        return new CpuTimes(ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[3] + ticks[4], ticks[7]);
    }
}

/// <summary>Reads /proc/loadavg.</summary>
public static class LoadAverage
{
    /// <summary>Mean number of tasks that ran or waited to run in the last minute; null where the text is something else.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load) ? load : null;
}

/// <summary>Main memory in bytes, as /proc/meminfo knows it.</summary>
/// <param name="Total">What the kernel has to hand out.</param>
/// <param name="Available">What programs can still take without swapping.</param>
public sealed record MemoryInfo(long Total, long Available)
{
    /// <returns>Null where the text lacks one of the two.</returns>
    public static MemoryInfo? Parse(string text) =>
        (Bytes(text, "MemTotal:"), Bytes(text, "MemAvailable:")) is ({ } total, { } available) ? new MemoryInfo(total, available) : null;

    private static long? Bytes(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            // "MemTotal:       24684092 kB", where the kernel's kB are 1024 bytes.
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is [var key, var kilobytes, "kB"] && key == name
                && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return value * 1024;
        }

        return null;
    }
}
