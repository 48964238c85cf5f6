namespace SyscallBench.Machine;

/// <summary>Reads the text of /proc/cpuinfo as x86 kernels write it: one paragraph for each logical CPU, <c>key : value</c> lines.</summary>
public static class CpuInfoParser
{
    public static CpuInfo Parse(string text)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var cpus = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
                continue;

            var key = line[..colon].Trim().ToString();
            cpus += key == "processor" ? 1 : 0;
            if (cpus <= 1)
                first.TryAdd(key, line[(colon + 1)..].Trim().ToString());
        }

        return new CpuInfo
        {
            Vendor = Value("vendor_id"),
            Model = Value("model name"),
            Signature = (Value("cpu family"), Value("model"), Value("stepping")) is ({ } family, { } model, { } stepping)
                ? $"{family}.{model}.{stepping}"
                : null,
            Microcode = Value("microcode"),
            LogicalCpus = cpus,
            Flags = Words("flags"),
            Bugs = Words("bugs"),
        };

        string? Value(string key) => first.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

        HashSet<string> Words(string key) =>
            (Value(key) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }
}
