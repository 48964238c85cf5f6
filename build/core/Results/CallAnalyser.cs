using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>What came out for one call: its row, the resamples that ratios need (of the net cost, where there is one), and what was noticed.</summary>
internal sealed record CallAnalysis(ResultRow Row, Estimate? Estimate, IReadOnlyList<Finding> Findings);

/// <summary>Makes the rows of one platform.</summary>
/// <param name="samples">At least one, all of the same iterations.</param>
internal sealed class CallAnalyser(PlatformInput input, IReadOnlyList<Sample> samples, ClockFact? clock, ulong seed)
{
    private readonly bool _perCall = samples[0].PerCall;
    private readonly long _iterations = samples[0].Iterations;
    private readonly List<Sample[]> _boots = [.. samples.GroupBy(sample => sample.Boot).Select(boot => boot.ToArray())];

    public static ResultRow NotMeasured(PlatformInput input, Call call, string? reason) => new()
    {
        Platform = input.Platform,
        Call = call,
        // The artifact's program knows no other call than the noop.
        Syscall = input.Facts is { Boots: > 0 } facts ? Syscalls.Name(facts.Begin?.SystemCall ?? Syscalls.Noop) : input.SystemCall,
        Kernel = input.Kernel,
        Setting = input.Setting?.Name,
        Status = RowStatus.NotMeasured,
        Unit = input.Unit,
        Reason = reason,
        Note = call == Call.Scall ? input.Note : null,
    };

    public CallAnalysis Analyse(Call call)
    {
        var region = RegionOf(call);
        var findings = new CallFindings($"{input.Platform} {call.Name()}", input.Unit);
        var disturbed = findings.OfDisturbances(region, _perCall && call == Call.Tsc ? 0 : region.ClockFaults);
        var why = WhyNot(call, region);
        var row = NotMeasured(input, call, why) with { Disturbed = region.LeftOut, DisturbedBy = By(region) };
        if (why is not null)
            return new CallAnalysis(row, null, [.. disturbed]);

        var perCall = PerCall(call);
        double[][] costs = [.. region.Kept.Select(boot => Array.ConvertAll(boot, perCall))];
        var estimate = Bootstrap.Median(costs, seed, $"{input.Platform}/{call}");
        var summary = Summary.Of(costs.SelectMany(boot => boot));
        var net = Net(call);
        row = row with
        {
            Status = RowStatus.Measured,
            Boots = costs.Length,
            Samples = summary.Count,
            Mean = summary.Mean,
            Median = summary.Median,
            Q1 = summary.Q1,
            Q3 = summary.Q3,
            Min = summary.Min,
            Max = summary.Max,
            Ci95 = estimate.Ci95,
            Net = net is null ? null : new NetCost(net.Median, net.Ci95),
            Outliers = new OutlierCount(summary.OutliersLow, summary.OutliersHigh),
            Nanoseconds = GuestClock.TimeOf(input.Unit, clock, summary),
        };

        // The clock's own steps say nothing of a call, and nobody quotes the empty loop.
        var quoted = call is Call.Fcall or Call.Scall;
        var spread = quoted ? findings.OfSpread(costs, summary, estimate, call == Call.Scall ? MeansOfRounds() : []) : [];
        return new CallAnalysis(row, net ?? estimate, [.. disturbed, .. spread]);
    }

    private DisturbedBy By(Region region)
    {
        return new DisturbedBy(Of(Disturbance.Interrupt), Of(Disturbance.ContextSwitch), Of(Disturbance.Migration), Of(Disturbance.Steal), region.ClockFaults);

        // What was never looked for is not zero.
        int? Of(Disturbance kind) => region.CountOf(kind) is var count && (count > 0 || input.Facts?.Seen.HasFlag(kind) == true) ? count : null;
    }

    // The clock's own cost cancels in the difference of the two loops, so that nothing but the division is left to do.
    private Estimate? Net(Call call)
    {
        if (_perCall || call is not (Call.Fcall or Call.Scall))
            return null;

        var region = RegionOf(sample =>
        {
            var (loop, empty) = (Reading.Of(call, sample), Reading.Of(Call.Empty, sample));
            return new Reading(loop.Value - empty.Value, loop.Disturbed | empty.Disturbed);
        });
        return region.Count == 0
            ? null
            : Bootstrap.Median([.. region.Kept.Select(boot => Array.ConvertAll(boot, ticks => ticks / _iterations))], seed, $"{input.Platform}/{call}/net");
    }

    private Converter<double, double> PerCall(Call call)
    {
        if (call == Call.Tsc)
            return ticks => ticks;

        // The median of the clock's cost is taken as a constant: its own uncertainty is divided by the iterations.
        var clockCost = _perCall ? 0 : Quantile.Median(RegionOf(Call.Tsc).Kept.SelectMany(boot => boot));
        return ticks => (ticks - clockCost) / _iterations;
    }

    private string? WhyNot(Call call, Region region) => call switch
    {
        Call.Empty when _perCall => "the artifact's format has no empty loop",
        _ when region.Count == 0 && region.LeftOut == 0 => "no sample of it was printed",
        _ when region.Count == 0 => $"all {region.LeftOut} samples of it are disturbed: make rounds shorter (--iters) or more (--rounds)",
        not Call.Tsc when !_perCall && RegionOf(Call.Tsc).Count == 0 => "the cost of reading the clock is not known: all its samples are disturbed",
        _ => null,
    };

    private double[] MeansOfRounds() =>
    [
        .. samples.Where(sample => sample.ScallDisturbed == Disturbance.None)
            .GroupBy(sample => sample.Round)
            .OrderBy(round => round.Key)
            .Select(round => round.Average(sample => sample.Scall)),
    ];

    private Region RegionOf(Call call) => RegionOf(sample => Reading.Of(call, sample));

    private Region RegionOf(Converter<Sample, Reading> read) => new([.. _boots.Select(boot => Array.ConvertAll(boot, read))], input.Unit);
}

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
