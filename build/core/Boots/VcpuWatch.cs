using System.Globalization;
using SyscallBench.Machine;

namespace SyscallBench.Boots;

/// <summary>
/// Watches what the scheduler did to a vCPU's thread while the guest ran. The thread is gone when QEMU is, so it is read every now and then,
/// from another CPU, and the last reading counts: what happened in the last interval of a boot is not seen.
/// </summary>
internal sealed class VcpuWatch(SystemFiles files, int qemu, int thread)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static readonly Dictionary<string, string> StatusFacts = new()
    {
        ["voluntary_ctxt_switches"] = BootFacts.VoluntarySwitches,
        ["nonvoluntary_ctxt_switches"] = BootFacts.InvoluntarySwitches,
    };

    private readonly CpuTimes? _before = ReadTimes(files);
    private readonly Dictionary<string, long> _first = ReadThread(files, qemu, thread);
    private Dictionary<string, long> _last = [];

    /// <summary>Reads until it is cancelled or the thread is gone.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                var now = ReadThread(files, qemu, thread);
                if (now.Count == 0)
                    return;
                _last = now;
            }
        }
        catch (OperationCanceledException)
        {
            // QEMU has ended.
        }
    }

    /// <summary>What was seen: names as in <see cref="BootFacts"/>, values decimal.</summary>
    public IReadOnlyDictionary<string, string> Facts()
    {
        var facts = _last.ToDictionary(
            fact => fact.Key,
            fact => (fact.Value - _first.GetValueOrDefault(fact.Key)).ToString(CultureInfo.InvariantCulture));
        if (_before is not null && ReadTimes(files) is { } after)
            facts[BootFacts.StealTicks] = after.Since(_before).Steal.ToString(CultureInfo.InvariantCulture);
        return facts;
    }

    private static CpuTimes? ReadTimes(SystemFiles files) => files.Read("/proc/stat") is { } text ? CpuTimes.Parse(text) : null;

    private static Dictionary<string, long> ReadThread(SystemFiles files, int qemu, int thread)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{qemu}/task/{thread}");
        var values = new Dictionary<string, long>();
        foreach (var line in (files.Read($"{folder}/status") ?? "").Split('\n'))
        {
            if (line.Split(':') is [var name, var value] && StatusFacts.TryGetValue(name, out var fact))
                values[fact] = long.Parse(value, CultureInfo.InvariantCulture);
        }

        // Time on the CPU, time waiting for it (both in ns), number of turns: Documentation/scheduler/sched-stats.rst.
        if (values.Count > 0 && files.Read($"{folder}/schedstat")?.Split(' ') is [_, var waited, ..])
            values[BootFacts.RunDelay] = long.Parse(waited, CultureInfo.InvariantCulture);
        return values;
    }
}
