using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Build.Boots;

/// <summary>What <c>scall</c> costs going by the boots so far: for whoever watches; Process has the last word.</summary>
internal sealed class RunningMedian(BootStore store)
{
    // Reading a console must cost nothing beside booting it: 1 MiB is some 8,000 rounds.
    private const long MostBytes = 1 << 20;

    private readonly Dictionary<string, List<double>> _byPlatform = [];

    /// <returns>In the unit of the boot, per call, as the artifact defines it; null where it cannot be said.</returns>
    public double? Add(BootRecord record)
    {
        var log = store.LogPath(record.Platform, record.Boot);
        if (record.Failure is not null || !File.Exists(log) || new FileInfo(log).Length > MostBytes)
            return null;
        if (!_byPlatform.TryGetValue(record.Platform, out var costs))
            _byPlatform[record.Platform] = costs = [];
        costs.AddRange(Costs(ConsoleParser.Read(log, log, record.Boot).Samples));
        return Median(costs);
    }

    private static IEnumerable<double> Costs(IReadOnlyList<Sample> samples) =>
        Median([.. samples.Where(sample => sample.TscDisturbed == Disturbance.None).Select(sample => sample.Tsc)]) is { } clock
            ? samples.Where(sample => sample is { ScallDisturbed: Disturbance.None, PerCall: false }).Select(sample => (sample.Scall - clock) / sample.Iterations)
            : [];

    private static double? Median(List<double> values) => values.Count == 0 ? null : Quantile.Type7([.. values.Order()], 0.5);
}
