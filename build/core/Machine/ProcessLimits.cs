namespace SyscallBench.Machine;

/// <summary>What a container or a service manager lets this process have, less than the machine has (Documentation/admin-guide/cgroup-v1, cgroup-v2).</summary>
/// <param name="MemoryLimit">Bytes; null for no limit.</param>
/// <param name="MemoryAvailable">Bytes that may still be taken below the limit, file cache counted as free; null for no limit.</param>
/// <param name="Cpus">CPU time per time, such as 0.5; null for no limit.</param>
/// <param name="SeccompFilter">A seccomp filter looks at each system call; null where the kernel does not say.</param>
public sealed record ProcessLimits(long? MemoryLimit, long? MemoryAvailable, double? Cpus, bool? SeccompFilter)
{
    private const string Root = "/sys/fs/cgroup";

    public static ProcessLimits None { get; } = new(null, null, null, null);

    public static ProcessLimits Read(SystemFiles files)
    {
        var memory = Groups(files, "memory").Select(group => Memory(files, group)).OfType<(long Limit, long Available)>().ToList();
        return new ProcessLimits(
            memory.Count == 0 ? null : memory.Min(limit => limit.Limit),
            memory.Count == 0 ? null : memory.Min(limit => limit.Available),
            Groups(files, "cpu").Select(group => Cpu(files, group)).Min(),
            files.Field("/proc/self/status", "Seccomp") is { } mode ? mode == "2" : null);
    }

    // Every group above bounds, too. Where the file system shows only this container's part, the path is not there and the top is the container's own.
    private static IEnumerable<string> Groups(SystemFiles files, string controller)
    {
        foreach (var line in (files.Read("/proc/self/cgroup") ?? "0::/").Split('\n'))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path] || !(controllers.Length == 0 || controllers.Split(',').Contains(controller)))
                continue;
            var top = controllers.Length == 0 ? Root : files.Exists($"{Root}/{controllers}") ? $"{Root}/{controllers}" : $"{Root}/{controller}";
            for (var group = path.TrimEnd('/'); group.Length > 0; group = group[..group.LastIndexOf('/')])
                yield return top + group;
            yield return top;
        }
    }

    private static (long Limit, long Available)? Memory(SystemFiles files, string group)
    {
        // Version 1 has no word for "no limit", only a number near 2^63.
        const long NoLimit = long.MaxValue / 2;
        if ((files.Number($"{group}/memory.max") ?? files.Number($"{group}/memory.limit_in_bytes")) is not (>= 0 and < NoLimit and var limit))
            return null;
        var used = files.Number($"{group}/memory.current") ?? files.Number($"{group}/memory.usage_in_bytes") ?? 0;
        var cache = (files.Read($"{group}/memory.stat") ?? "").Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is ["inactive_file" or "total_inactive_file", _])
            .Max(words => SystemFiles.ParseNumber(words[1])) ?? 0;
        return (limit, Math.Clamp(limit - used + cache, 0, limit));
    }

    private static double? Cpu(SystemFiles files, string group)
    {
        var words = files.Read($"{group}/cpu.max")?.Split(' ');
        var quota = words is null ? files.Number($"{group}/cpu.cfs_quota_us") : SystemFiles.ParseNumber(words[0]);
        var period = words is [_, var text] ? SystemFiles.ParseNumber(text) : files.Number($"{group}/cpu.cfs_period_us");
        return quota > 0 && period > 0 ? (double)quota / period : null;
    }
}
