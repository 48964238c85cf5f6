using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What is to be said about how the samples of one call vary.</summary>
internal static class SpreadFindings
{
    // An interval wider than this part of the median leaves differences open that people argue about.
    private const double WideInterval = 0.01;

    public static IEnumerable<Finding> Of(string subject, Unit unit, Series series, Estimate estimate)
    {
        if (series.Count == 1)
        {
            yield return new Finding(Severity.Warning, subject, "a single sample has no interval and no spread", "raise --runs or --rounds");
            yield break;
        }

        if (series.Pooled.Distinct == 1)
        {
            // As exact counts should be: said once for all platforms, not for each.
            if (unit != Unit.Instructions)
            {
                yield return new Finding(
                    Severity.Warning,
                    subject,
                    $"all {series.Count} samples are equal, which a real clock hardly does: decimals may be lost, or the clock is coarse",
                    "look at the console logs in eval/raw");
            }

            yield break;
        }

        if (series.Boots.Count == 1)
        {
            yield return new Finding(
                Severity.Warning, subject, "a single boot: how boots differ from each other is not in the interval", "--runs=3 or more");
        }

        foreach (var finding in Modes(subject, series).Concat(BootDrift(subject, series)).Concat(Width(subject, series, estimate)))
        {
            yield return finding;
        }
    }

    /// <summary>Drift within the boots.</summary>
    public static IEnumerable<Finding> OfRounds(string subject, RoundTrend trend)
    {
        if (Drift.Find(trend.Means()) is { } drift)
        {
            yield return new Finding(
                Severity.Warning,
                subject,
                $"the last rounds of a boot cost {Describe(drift)} than its first",
                "warm up longer: --warmup; pin the frequency: --target=Tune");
        }
    }

    private static IEnumerable<Finding> Modes(string subject, Series series)
    {
        if (Modality.Of(series) is { IsSeveral: true } modality)
        {
            yield return new Finding(
                Severity.Warning,
                subject,
                $"the samples seem to have several modes ({Describe(modality)}): the median may stand between them",
                "look at the distribution plot; boots of different levels point to alignment or frequency");
        }
    }

    private static IEnumerable<Finding> BootDrift(string subject, Series series)
    {
        if (Drift.Find([.. series.Boots.Select(boot => Quantile.Type7(boot, 0.5))]) is { } drift)
        {
            yield return new Finding(
                Severity.Warning,
                subject,
                $"the last boots of the run cost {Describe(drift)} than its first",
                "let the machine come to rest, pin the frequency (--target=Tune), and run again");
        }
    }

    private static IEnumerable<Finding> Width(string subject, Series series, Estimate estimate)
    {
        var width = estimate.Ci95 is { } interval && estimate.Median > 0 ? (interval.High - interval.Low) / estimate.Median : 0;
        if (width > WideInterval)
        {
            yield return new Finding(
                Severity.Warning,
                subject,
                $"the 95 % interval is {Percent(width)} of the median wide with {series.Boots.Count} boots and {series.Count} samples",
                VarianceComponents.Of(series)?.Advice ?? "--runs=3 or more");
        }
    }

    private static string Describe(Drift drift)
        => $"{Percent(Math.Abs(drift.Change))} {(drift.Change < 0 ? "less" : "more")} (Spearman {Decimal(drift.Correlation, "0.00")})";

    private static string Describe(Modality modality)
        => $"around {Decimal(modality.Low, "0.##")} and {Decimal(modality.High, "0.##")}, {Percent(modality.LowShare)} of them at the lower; dip {Decimal(modality.Dip, "0.000")}, one mode stays below {Decimal(modality.Limit, "0.000")}{(modality.HasGap ? "; a gap divides them" : "")}";

    private static string Percent(double part) => Decimal(part * 100, "0.#") + " %";

    private static string Decimal(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
