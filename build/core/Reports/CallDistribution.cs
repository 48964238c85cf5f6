using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>How the system calls of one platform spread around their median, in the row's unit per call.</summary>
public sealed class CallDistribution
{
    private readonly BootModes _boots = new();
    private readonly Density _clean;
    private readonly Density _ticked;
    private readonly Density _whole;

    private CallDistribution(ResultRow row, double reach)
    {
        Row = row;
        Reach = reach;
        (_clean, _ticked, _whole) = (new Density(-reach, reach), new Density(-reach, reach), new Density(-reach, reach));
    }

    /// <summary>The row that the samples belong to.</summary>
    public ResultRow Row { get; }

    /// <summary>How far from the median it is looked at, the same for all platforms.</summary>
    public double Reach { get; }

    /// <summary>Every sample that counts is the same, or so nearly that the quartiles are.</summary>
    public bool IsExact => Spread(Row) == 0;

    /// <summary>Per boot, how far the value that most of its rounds gave lies from the median.</summary>
    public IReadOnlyList<double> Boots => _boots.Modes;

    /// <summary>The samples that the row's numbers come from: without the spoilt ones, unless there were too few others.</summary>
    public Density Density => Holds(_clean) ? _clean : Holds(_ticked) ? _ticked : _whole;

    /// <summary>The distributions of every measured platform, from one pass over its samples.</summary>
    public static IReadOnlyList<CallDistribution> All(Report report)
    {
        var rows = PlotRows.Of(report, Call.Scall);

        // As far as Tukey's outer fences of the widest, so that one interrupted round does not squeeze all others into a line.
        var reach = rows.Select(row => 3 * Spread(row)).Append(0).Max();
        return [.. rows.Select(row => Of(report, row, reach > 0 ? reach : 1))];
    }

    private static CallDistribution Of(Report report, ResultRow row, double reach)
    {
        var distribution = new CallDistribution(row, reach);
        var tsc = PlotRows.Of(report, Call.Tsc).FirstOrDefault(other => other.Platform == row.Platform)?.Median ?? 0;
        foreach (var sample in report.Samples.FirstOrDefault(samples => samples.Platform == row.Platform)?.Samples ?? [])
            distribution.Add(sample, ((sample.Scall - (sample.PerCall ? 0 : tsc)) / sample.Iterations) - row.Median!.Value);
        return distribution;
    }

    private static double Spread(ResultRow row) => (row.Q3 - row.Q1) ?? 0;

    private bool Holds(Density density) => density.Inside + density.Outside >= Row.Samples;

    private void Add(Sample sample, double deviation)
    {
        if (sample.ScallDisturbed.HasFlag(Disturbance.Clock))
            return;

        _whole.Add(deviation);
        if ((sample.ScallDisturbed & ~Disturbance.Interrupt) != Disturbance.None)
            return;

        _ticked.Add(deviation);
        if (sample.ScallDisturbed != Disturbance.None)
            return;

        _clean.Add(deviation);
        if (IsExact)
            _boots.Add(sample.Boot, deviation);
    }
}
