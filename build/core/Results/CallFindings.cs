using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What is to be said about the samples of one call: what disturbed them, and how they vary.</summary>
internal sealed class CallFindings(string subject, Unit unit)
{
    // An interval wider than this part of the median leaves differences open that people argue about.
    private const double WideInterval = 0.01;

    /// <summary>How many samples were disturbed, by what, and what became of them.</summary>
    public IEnumerable<Finding> OfDisturbances(Region region, int clockFaults)
    {
        if (clockFaults > 0)
        {
            var seen = $"the clock did not advance, or ran backwards, in {clockFaults} rounds; they are left out";
            yield return new Finding(Severity.Error, subject, seen, unit == Unit.Instructions ? null : "check that the TSC is stable: --target=Doctor");
        }

        if (region.LeftOut > clockFaults)
        {
            var by = region.Describe(region.Worst) is { Length: > 0 } kinds ? kinds : "the clock's cost is missing";
            yield return new Finding(Severity.Info, subject, $"{region.LeftOut - clockFaults} of {region.Count + region.LeftOut} rounds are left out: {by}");
        }

        if (region.DisturbedKept > 0)
        {
            // Expected where loops are as long as the paper's (results/README.md).
            yield return region.Worst == DisturbanceLevel.Ticks
                ? new Finding(
                    Severity.Info,
                    subject,
                    $"{region.DisturbedKept} of {region.Count} rounds were interrupted; ticks are part of what a call costs in loops this long, and such rounds are kept",
                    "make rounds shorter to tell the ticks apart: --iters")
                : Warning(
                    $"{region.DisturbedKept} of {region.Count} rounds are disturbed ({region.Describe(DisturbanceLevel.None)}), too many to leave them out: all rounds are kept",
                    "stop other work on this machine, or make rounds shorter: --iters");
        }
    }

    /// <param name="boots">What a call cost in the rounds of each.</param>
    /// <param name="rounds">Mean of each round over all boots, in their order: whether a guest gets slower or faster while it runs.</param>
    public IEnumerable<Finding> OfSpread(IReadOnlyList<double[]> boots, Summary summary, Estimate estimate, IReadOnlyList<double> rounds)
    {
        if (summary.Count == 1)
        {
            yield return Warning("a single sample has no interval and no spread", "raise --runs or --rounds");
            yield break;
        }

        if (summary.Min.Equals(summary.Max))
        {
            // As exact counts should be: said once for all platforms, not for each.
            if (unit != Unit.Instructions)
                yield return Warning($"all {summary.Count} samples are equal, which a real clock hardly does: decimals may be lost, or the clock is coarse", "look at the console logs in eval/raw");
            yield break;
        }

        if (boots.Count == 1)
            yield return Warning("a single boot: how boots differ from each other is not in the interval", "--runs=3 or more");
        if (Drift.Find([.. boots.Select(boot => Quantile.Median(boot))]) is { } drift)
            yield return Warning($"the last boots of the run cost {Describe(drift)} than its first", "let the machine come to rest, pin the frequency (--target=Tune), and run again");

        var width = estimate.Ci95 is { } interval && estimate.Median > 0 ? (interval.High - interval.Low) / estimate.Median : 0;
        if (width > WideInterval)
        {
            yield return Warning(
                FormattableString.Invariant($"the 95 % interval is {width * 100:0.#} % of the median wide with {boots.Count} {(boots.Count == 1 ? "boot" : "boots")} and {summary.Count} samples"),
                "measure more boots: --runs");
        }

        if (Drift.Find(rounds) is { } within)
            yield return Warning($"the last rounds of a boot cost {Describe(within)} than its first", "warm up longer: --warmup; pin the frequency: --target=Tune");
    }

    private Finding Warning(string seen, string remedy) => new(Severity.Warning, subject, seen, remedy);

    private static string Describe(Drift drift) =>
        FormattableString.Invariant($"{Math.Abs(drift.Change) * 100:0.#} % {(drift.Change < 0 ? "less" : "more")} (Spearman {drift.Correlation:0.00})");
}
