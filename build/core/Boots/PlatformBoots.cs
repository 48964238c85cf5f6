using System.Globalization;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>Makes boots one by one, and remembers how each platform fares.</summary>
internal sealed class PlatformBoots(
    BootStore store,
    IReadOnlyList<IBooter> booters,
    IReadOnlyDictionary<string, string> hashes,
    BootOptions options,
    BootParameters parameters,
    IBootProgress progress)
{
    private readonly Dictionary<Platform, string> _failures = [];
    private readonly Dictionary<Platform, List<int>> _counting = [];

    /// <summary>When the oldest of the boots that count started; null where none does.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>Makes a boot, unless one with the same inputs is there, or an earlier one of its platform failed.</summary>
    public async Task MakeAsync(PlannedBoot planned, int done, int total, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var platform = planned.Platform;
        if (_failures.ContainsKey(platform))
            return;

        var booter = booters.First(each => each.Takes(platform));
        var inputs = InputsOf(planned, booter);
        var why = options.Force ? "asked for" : store.WhyBoot(platform.Name, planned.Boot, inputs);
        if (why is not null)
        {
            progress.Starting(planned, done, total, why);
            var record = await BootAsync(planned, booter, inputs, cancellation).ConfigureAwait(false);
            progress.Finished(planned, record);
            if (record.Failure is { } failure)
            {
                _failures[platform] = $"boot {planned.Boot} failed: {failure}; see {store.FailedLogPath(platform.Name, planned.Boot)}";
                return;
            }
        }

        if (!_counting.TryGetValue(platform, out var boots))
            _counting[platform] = boots = [];
        boots.Add(planned.Boot);
        var started = store.Find(platform.Name, planned.Boot)?.Started;
        if (Started is null || started < Started)
            Started = started;
    }

    /// <summary>How a platform fared.</summary>
    /// <param name="platform">Which.</param>
    /// <param name="missing">Why it could not be booted at all; null where it could.</param>
    public PlatformRun ToRun(Platform platform, string? missing) => new(
        platform.Name,
        platform.UnitUnder(parameters.Accelerator),
        parameters.Benchmark(platform),
        _counting.GetValueOrDefault(platform, []),
        missing ?? _failures.GetValueOrDefault(platform),
        platform.ScallNote)
    {
        Failed = _failures.ContainsKey(platform),
    };

    private async Task<BootRecord> BootAsync(
        PlannedBoot planned, IBooter booter, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var platform = planned.Platform;
        store.Prepare(platform.Name, planned.Boot);
        var part = store.PartPath(platform.Name, planned.Boot);
        var deadline = parameters.Deadline(platform);
        var started = DateTimeOffset.UtcNow;
        var unit = platform.UnitUnder(parameters.Accelerator);
        using var span = unit == Unit.Cycles ? TscSpan.Start() : null;
        BootRun run;
        try
        {
            run = await booter.RunAsync(planned, part, deadline, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            store.Discard(platform.Name, planned.Boot);
            throw;
        }

        var verdict = BootJudge.Judge(platform, run, part, planned.Boot);
        var record = new BootRecord
        {
            Platform = platform.Name,
            Boot = planned.Boot,
            Order = planned.Order,
            Unit = unit,
            CommandLine = run.CommandLine,
            Started = started,
            Finished = DateTimeOffset.UtcNow,
            ExitCode = run.Process.ExitCode,
            Deadline = deadline.TotalSeconds,
            Pinning = run.Pinning,
            Facts = WithFrequency(run.Facts, span?.Khz()),
            Seen = verdict.Seen,
            Inputs = inputs,
            LogHash = BootStore.HashOf(part),
            Failure = verdict.Failure,
        };
        if (record.Failure is null)
            store.Commit(record);
        else
            store.KeepFailed(record);
        return record;
    }

    // Measured over the boot itself: it costs no time, and it is the frequency that the boot had.
    private static IReadOnlyDictionary<string, string> WithFrequency(IReadOnlyDictionary<string, string> facts, long? khz) => khz is null
        ? facts
        : new Dictionary<string, string>(facts) { [BootFacts.TscKhz] = khz.Value.ToString(CultureInfo.InvariantCulture) };

    private SortedDictionary<string, string> InputsOf(PlannedBoot planned, IBooter booter)
    {
        var inputs = new SortedDictionary<string, string>(booter.Inputs(planned).ToDictionary(), StringComparer.Ordinal);
        foreach (var image in planned.Platform.Images)
            inputs.Add(image.Name(), hashes[image.Name()]);
        return inputs;
    }
}
