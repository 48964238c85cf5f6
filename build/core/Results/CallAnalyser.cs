using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What came out for one call: its row, the resamples that ratios need (of the net cost, where there is one), and what was noticed.</summary>
internal sealed record CallAnalysis(ResultRow Row, Estimate? Estimate, IReadOnlyList<Finding> Findings);

/// <summary>Makes the rows of one platform.</summary>
internal sealed class CallAnalyser(PlatformInput input, PlatformReadings readings, ClockFact? clock, ulong seed)
{
    private readonly DisturbanceRule _tsc = DisturbanceRule.Apply(readings.Of(Call.Tsc), input.Unit);

    public static ResultRow NotMeasured(PlatformInput input, Call call, string reason) => new()
    {
        Platform = input.Platform,
        Call = call,
        Status = RowStatus.NotMeasured,
        Unit = input.Unit,
        Reason = reason,
        Note = call == Call.Scall ? input.Note : null,
    };

    public CallAnalysis Analyse(Call call)
    {
        var rule = call == Call.Tsc ? _tsc : DisturbanceRule.Apply(readings.Of(call), input.Unit);
        return WhyNot(call, rule) is { } reason
            ? new CallAnalysis(NotMeasured(input, call, reason) with { Disturbed = Count(rule.LeftOut), DisturbedBy = By(call) }, null, [.. OfSamples(call, rule)])
            : Measured(call, rule);
    }

    private IEnumerable<Finding> OfSamples(Call call, DisturbanceRule rule)
        => SampleFindings.Of(Subject(call), input.Unit, readings.PerCall ? 0 : readings.Of(call).ClockFaults, readings.Of(call), rule);

    private DisturbedBy By(Call call)
    {
        var tally = readings.Of(call).Beyond(DisturbanceLevel.None);
        return new DisturbedBy(
            Of(Disturbance.Interrupt), Of(Disturbance.ContextSwitch), Of(Disturbance.Migration), Of(Disturbance.Steal), Count(readings.Of(call).ClockFaults));

        // What was never looked for is not zero.
        int? Of(Disturbance kind) => tally.Of(kind) > 0 || input.Facts?.Seen.HasFlag(kind) == true ? Count(tally.Of(kind)) : null;
    }

    private IEnumerable<Finding> OfSpread(Call call, Series series, Estimate estimate)
    {
        // The clock's own steps would be taken for modes, and nobody quotes the empty loop.
        var quoted = call is Call.Fcall or Call.Scall && input.Unit != Unit.Meaningless;
        var spread = quoted ? SpreadFindings.Of(Subject(call), input.Unit, series, estimate) : [];
        return call == Call.Scall && quoted ? spread.Concat(SpreadFindings.OfRounds(Subject(call), readings.Trend)) : spread;
    }

    private string Subject(Call call) => $"{input.Platform} {call.Name()}";

    private CallAnalysis Measured(Call call, DisturbanceRule rule)
    {
        var series = rule.Kept.Select(PerCall(call));
        var estimate = Estimate.Of(series, SeedOf.Part(seed, $"{input.Platform}/{call}"));
        var net = Net(call);
        var summary = Summary.Of(series.Pooled);
        var row = new ResultRow
        {
            Platform = input.Platform,
            Call = call,
            Status = RowStatus.Measured,
            Note = call == Call.Scall ? input.Note : null,
            Unit = input.Unit,
            Boots = series.Boots.Count,
            Samples = Count(summary.Count),
            Disturbed = Count(rule.LeftOut),
            DisturbedBy = By(call),
            Mean = summary.Mean,
            Median = summary.Median,
            Q1 = summary.Q1,
            Q3 = summary.Q3,
            Min = summary.Min,
            Max = summary.Max,
            Ci95 = estimate.Ci95,
            Net = net is null ? null : new NetCost(net.Median, net.Ci95),
            Outliers = new OutlierCount(Count(summary.OutliersLow), Count(summary.OutliersHigh)),
            Nanoseconds = TscTime.Of(input.Unit, clock, summary.Mean, summary.Median, summary.Q1, summary.Q3),
        };
        return new CallAnalysis(row, net ?? estimate, [.. OfSamples(call, rule), .. OfSpread(call, series, estimate)]);
    }

    // The clock's own cost cancels in the difference of the two loops, so that nothing but the division is left to do.
    private Estimate? Net(Call call)
    {
        if (readings.NetOf(call) is not { } region || DisturbanceRule.Apply(region, input.Unit).Kept is not { Count: > 0 } kept)
        {
            return null;
        }

        var net = kept.Select(ticks => ticks / readings.Iterations);
        return Estimate.Of(net, SeedOf.Part(seed, $"{input.Platform}/{call}/net"));
    }

    private Func<double, double> PerCall(Call call)
    {
        if (call == Call.Tsc)
        {
            return ticks => ticks;
        }

        // The median of the clock's cost is taken as a constant: its own uncertainty is divided by the iterations.
        var clockCost = readings.PerCall ? 0 : Quantile.Type7(_tsc.Kept.Pooled, 0.5);
        return ticks => (ticks - clockCost) / readings.Iterations;
    }

    private string? WhyNot(Call call, DisturbanceRule rule) => call switch
    {
        Call.Empty when readings.PerCall => "the artifact's format has no empty loop",
        _ when rule.Kept.Count == 0 && rule.LeftOut == 0 => "no sample of it was printed",
        _ when rule.Kept.Count == 0 => $"all {rule.LeftOut} samples of it are spoilt: make rounds shorter (--iters) or more (--rounds)",
        not Call.Tsc when !readings.PerCall && _tsc.Kept.Count == 0 => "the cost of reading the clock is not known: all its samples are spoilt",
        _ => null,
    };

    private static int Count(long samples) => (int)Math.Min(samples, int.MaxValue);
}
