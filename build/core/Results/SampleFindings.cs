using SyscallBench.Findings;
using SyscallBench.Platforms;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What is to be said about the samples of one call: how many were spoilt, and what became of them.</summary>
internal static class SampleFindings
{
    public static IEnumerable<Finding> Of(string subject, Unit unit, long clockFaults, SpoiltRule rule)
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
            yield return new Finding(
                Severity.Info,
                subject,
                $"{rule.LeftOut - clockFaults} of {rule.Kept.Count + rule.LeftOut} rounds are left out: something interrupted them");
        }

        if (rule.SpoiltKept > 0)
        {
            yield return new Finding(
                Severity.Warning,
                subject,
                $"{rule.SpoiltKept} of {rule.Kept.Count} rounds were interrupted; "
                    + "ticks are part of what a call costs in loops this long, and all rounds are kept",
                "make rounds shorter to tell the ticks apart: --iters");
        }
    }
}
