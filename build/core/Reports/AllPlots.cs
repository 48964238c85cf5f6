namespace SyscallBench.Reports;

/// <summary>Every figure of a report, in the order in which it shows them.</summary>
public static class AllPlots
{
    public static IReadOnlyList<IPlot> All { get; } = [new BarPlot(), new DistributionPlot(), new TablePlot()];
}
