using SyscallBench.Machine;

namespace SyscallBench.Boots;

/// <summary>
/// Watches what the scheduler does to a vCPU's thread from its construction on. The thread is gone when QEMU is, so it is read every now and then,
/// and the last reading counts: what happened in the last interval of a boot is not seen.
/// </summary>
internal sealed class VcpuWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly SystemFiles _files;
    private readonly string _folder;
    private readonly CpuTimes? _before;
    private readonly BootFacts? _first;
    private readonly ThreadCounter? _cycles;
    private readonly Timer _timer;
    private BootFacts? _last;

    public VcpuWatch(SystemFiles files, int thread)
    {
        _files = files;
        _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{thread}/task/{thread}");
        _cycles = ThreadCounter.Open(thread, ThreadEvent.CoreCycles);
        _before = ReadTimes();
        _first = ReadThread();
        _timer = new Timer(_ => _last = ReadThread() ?? _last, null, Interval, Interval);
    }

    public BootFacts Facts() => new()
    {
        VoluntarySwitches = _last?.VoluntarySwitches - _first?.VoluntarySwitches,
        InvoluntarySwitches = _last?.InvoluntarySwitches - _first?.InvoluntarySwitches,
        RunDelay = _last?.RunDelay - _first?.RunDelay,
        CoreKhz = _cycles?.PerMillisecond(),
        StealTicks = _before is not null && ReadTimes() is { } after ? after.Since(_before).Steal : null,
    };

    public void Dispose()
    {
        _timer.Dispose();
        _cycles?.Dispose();
    }

    private CpuTimes? ReadTimes() => CpuTimes.Parse(_files.Read("/proc/stat"));

    /// <returns>Null where the thread is gone.</returns>
    private BootFacts? ReadThread()
    {
        var status = _files.Read($"{_folder}/status")?.Split('\n');
        return status is null ? null : new BootFacts
        {
            VoluntarySwitches = Value("voluntary_ctxt_switches"),
            InvoluntarySwitches = Value("nonvoluntary_ctxt_switches"),

            // Time on the CPU, time waiting for it (both in ns), number of turns: Documentation/scheduler/sched-stats.rst.
            RunDelay = _files.Read($"{_folder}/schedstat")?.Split(' ') is [_, var waited, ..] ? Number(waited) : null,
        };

        long? Value(string name) => status.Where(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Select(line => Number(line[(name.Length + 1)..])).FirstOrDefault();
    }

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
