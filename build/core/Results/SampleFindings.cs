using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What is to be said about the samples of one call: how many were spoilt, by what, and what became of them.</summary>
internal static class SampleFindings
{
    /// <param name="subject">Platform and call.</param>
    /// <param name="unit">Of the samples.</param>
    /// <param name="clockFaults">Samples to report that are no difference of a clock.</param>
    /// <param name="region">All samples of the call.</param>
    /// <param name="rule">What became of them.</param>
    public static IEnumerable<Finding> Of(string subject, Unit unit, long clockFaults, RegionReadings region, DisturbanceRule rule)
    {
        if (clockFaults > 0)
        {
            yield return new Finding(
                Severity.Error,
                subject,
                $"the clock did not advance, or ran backwards, in {clockFaults} rounds; they are left out",
                unit == Unit.Instructions ? null : "check that the TSC is stable: --target=Doctor");
        }

        if (rule.LeftOut > clockFaults)
        {
            var by = region.Beyond(rule.Worst).ToString();
            yield return new Finding(
                Severity.Info,
                subject,
                $"{rule.LeftOut - clockFaults} of {rule.Kept.Count + rule.LeftOut} rounds are left out: {(by.Length > 0 ? by : "the clock's cost is missing")}");
        }

        if (rule.DisturbedKept > 0)
        {
            yield return rule.Worst == DisturbanceLevel.Ticks ? TicksKept(subject, rule) : AbsencesKept(subject, region, rule);
        }
    }

    private static Finding TicksKept(string subject, DisturbanceRule rule) => new(
        Severity.Warning,
        subject,
        $"{rule.DisturbedKept} of {rule.Kept.Count} rounds were interrupted; ticks are part of what a call costs in loops this long, and such rounds are kept",
        "make rounds shorter to tell the ticks apart: --iters");

    private static Finding AbsencesKept(string subject, RegionReadings region, DisturbanceRule rule) => new(
        Severity.Warning,
        subject,
        $"{rule.DisturbedKept} of {rule.Kept.Count} rounds are spoilt ({region.Beyond(DisturbanceLevel.None)}), too many to leave them out: all rounds are kept",
        "stop other work on this machine, or make rounds shorter: --iters");
}
