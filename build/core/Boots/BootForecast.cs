using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What a run would do, found out without booting anything.</summary>
/// <param name="Settings">Settings that would be measured, if all images are there.</param>
/// <param name="Boots">Boots of all of them; those that are there already are not made again.</param>
/// <param name="Time">What these boots take one after another; null where no boot of any of these platforms is there to go by.</param>
public sealed record BootForecast(int Settings, int Boots, TimeSpan? Time)
{
    // The newest are the likest.
    private const int MostRecords = 20;

    /// <param name="folder">Usually <c>eval/raw</c>.</param>
    public static BootForecast Of(BootOptions options, string folder)
    {
        var accelerator = options.Accelerator ?? (RunRecord.Find(folder)?.Accelerator == Accelerator.Kvm.Name() ? Accelerator.Kvm : Accelerator.Tcg);
        var parameters = new BootParameters(options, accelerator);
        var cases = parameters.Cases()
            .Where(each => each.Call is null || each.Platform.WhyLacks(each.Call) is null)
            .DistinctBy(each => each.Platform is GuestPlatform ? each : each with { Cpu = "" })
            .ToList();
        var store = new BootStore(folder);
        var paces = cases.Select(each => each.Platform).Distinct().ToDictionary(platform => platform, platform => PaceOf(store, platform, parameters));

        // A platform without a boot is taken for the slowest.
        var seconds = cases.Sum(each => paces[each.Platform] ?? paces.Values.Max() ?? 0) * parameters.Runs;
        return new BootForecast(cases.Count, cases.Count * parameters.Runs, paces.Values.Max() is null ? null : TimeSpan.FromSeconds(seconds));
    }

    // Seconds of a boot.
    private static double? PaceOf(BootStore store, Platform platform, BootParameters parameters)
    {
        var asked = parameters.Benchmark(platform);
        return store.RecordsOf(platform.Name)
            .Where(record => (record.Setting.Rounds, record.Setting.Iterations) == (asked.Rounds, asked.Iterations))
            .Where(record => record.Setting.Accelerator is not { } accelerator || accelerator == parameters.Accelerator)
            .OrderByDescending(record => record.Started)
            .Take(MostRecords)
            .Average(record => (double?)(record.Finished - record.Started).TotalSeconds);
    }
}
