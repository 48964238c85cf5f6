using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>Makes the boots of one platform in one setting, and remembers how they fare. Several may be made at once.</summary>
internal sealed class PlatformBoots(BootCase boots, Setting setting, IBooter booter, BootStore store, BootParameters parameters)
{
    private const int MostAttempts = 2;

    // A platform none of whose boots succeeds is not tried for hours.
    private const int MostBootsInVain = 3;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, BootRecord> _counting = [];
    private readonly SortedDictionary<int, string> _failures = [];

    // Files that Linux guests have in /sys/devices/system/cpu/vulnerabilities and nobody here knows.
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    private Platform Platform => boots.Platform;

    public Setting Setting => setting;

    public IReadOnlyCollection<BootRecord> Counting => _counting.Values;

    public IEnumerable<Finding> Findings =>
    [
        .. SchedulerFindings.Of(Platform, Counting),
        .. _unknown.Select(file => new Finding(Severity.Info, Platform.Name, $"vulnerabilities/{file} is not known to this program: whether it is mitigated was not checked")),
    ];

    /// <summary>Takes a boot that is there already.</summary>
    /// <returns>Whether it is.</returns>
    public bool TryTake(PlannedBoot planned)
    {
        if (store.Find(setting, planned.Boot) is not { } record)
            return false;
        _counting[planned.Boot] = record;
        return true;
    }

    /// <summary>Why the boot is not there: its console was changed, or the setting is another than that of the run before.</summary>
    public string WhyMissing(PlannedBoot planned, Setting? before) =>
        File.Exists(store.RecordPath(setting, planned.Boot)) ? "its console log is gone or was changed"
        : before is not null && setting.DifferenceFrom(before) is { } difference ? difference
        : "not booted yet";

    /// <summary>Makes a boot, once more where the first attempt fails.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="finished">Hears of each attempt.</param>
    /// <exception cref="NotPinnedException">The kernel refuses the affinity that the setting claims.</exception>
    public async Task MakeAsync(PlannedBoot planned, string run, Action<BootRecord> finished, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_counting.Count == 0 && _failures.Count >= MostBootsInVain)
                return;
        }

        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var record = await BootAsync(planned, run, attempt, cancellation).ConfigureAwait(false);
            finished(record);
            lock (_lock)
            {
                if (record.Failure is null)
                {
                    _counting[planned.Boot] = record;
                    return;
                }

                _failures.TryAdd(planned.Boot, record.Failure);
            }
        }
    }

    /// <summary>The same with how the boots fared so far.</summary>
    public PlatformRun AddTo(PlatformRun run)
    {
        using var scope = _lock.EnterScope();
        var reason = _failures.FirstOrDefault(failure => !_counting.ContainsKey(failure.Key)).Value;
        return run with
        {
            Setting = setting,
            Boots = [.. _counting.Values.Select(store.Counted)],
            FailedBoots = [.. Enumerable.Range(0, parameters.Runs).SelectMany(boot => store.Failed(setting, boot))],
            Reason = reason,
            Failed = reason is not null,
        };
    }

    private async Task<BootRecord> BootAsync(PlannedBoot planned, string run, int attempt, CancellationToken cancellation)
    {
        store.Prepare(setting, planned.Boot);
        var part = store.PartPath(setting, planned.Boot);
        var deadline = parameters.Deadline(boots.Benchmark);
        var started = DateTimeOffset.UtcNow;
        var unit = Platform.UnitUnder(parameters.Accelerator);

        // Measured over the boot itself: it costs no time, and it is the frequency that the boot had.
        var span = unit == Unit.Cycles ? TscSpan.Start() : null;
        BootRun made;
        try
        {
            made = await booter.RunAsync(planned, part, deadline, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            store.Discard(setting, planned.Boot);
            throw;
        }

        var (failure, seen) = Judge(made, part, planned.Boot);
        if (failure is null && setting.Machine is { Pinned: true } && made.Pinning is { Cpu: null } refused)
        {
            store.Discard(setting, planned.Boot);
            throw new NotPinnedException(refused.Why);
        }

        var record = new BootRecord
        {
            Run = run,
            Setting = setting,
            Boot = planned.Boot,
            Attempt = attempt,
            Order = planned.Order,
            Unit = unit,
            CommandLine = made.CommandLine,
            Started = started,
            Finished = DateTimeOffset.UtcNow,
            ExitCode = made.Process.ExitCode,
            Deadline = deadline.TotalSeconds,
            Pinning = made.Pinning,
            Facts = made.Facts with { TscKhz = span?.Khz() },
            Seen = seen,
            LogHash = Sha256.OfFile(part),
            Failure = failure,
        };
        store.Keep(record);
        return record;
    }

    /// <returns>Why the boot does not count, and what may disturb a round and the program could see.</returns>
    private (string? Failure, Disturbance Seen) Judge(BootRun made, string console, int boot)
    {
        if (made.WhyEnded is { } end)
            return (end, Disturbance.None);

        var log = ConsoleReader.Read(console, console, boot);
        lock (_lock)
            _unknown.UnionWith(MitigationCheck.Unknown(log.States));
        var failure = Platform.WhyFailed(made.Process.ExitCode, log) ?? (log.Begin is { } begin ? boots.Benchmark.WhyOther(begin) : null);

        // A console without a record says less than what QEMU said when it gave up.
        return (failure is not null && log.Begin is null && made.Error is { } words ? $"{failure} ({made.Process.Program}: {words})" : failure, log.Seen);
    }
}

/// <summary>A boot that was to be pinned was not.</summary>
internal sealed class NotPinnedException(string why) : Exception(why);
