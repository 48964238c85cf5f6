using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Samples;

namespace SyscallBench.Plots;

/// <summary>The cost of one system call in each sample that nothing spoilt: (time of the loop - median tsc) / iterations.</summary>
internal sealed class PerCall(Report report, string platform)
{
    private readonly double _tsc = PlotRows.Of(report, Call.Tsc).FirstOrDefault(row => row.Platform == platform)?.Median ?? 0;

    private readonly IEnumerable<Sample> _samples = report.Samples.FirstOrDefault(samples => samples.Platform == platform)?.Samples ?? [];

    /// <summary>Boot and cost, in the order of the boots; streams.</summary>
    public IEnumerable<(int Boot, double Cost)> Costs =>
        from sample in _samples
        where sample.ScallSpoilt == Spoilt.None
        select (sample.Boot, (sample.Scall - _tsc) / sample.Iterations);
}
