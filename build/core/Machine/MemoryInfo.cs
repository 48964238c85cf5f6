using System.Globalization;

namespace SyscallBench.Machine;

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
