namespace SyscallBench.Results;

/// <summary>What the samples of one platform in one setting say.</summary>
/// <param name="Rows">One per call, measured or not.</param>
internal sealed record PlatformAnalysis(PlatformInput Input, IReadOnlyList<ResultRow> Rows, IReadOnlyList<Finding> Findings)
{
    private static readonly Call[] _calls = [Call.Tsc, Call.Empty, Call.Fcall, Call.Scall];

    /// <summary>The net costs with their resamples, or the medians where no loop could be subtracted, of the calls that were measured.</summary>
    public IReadOnlyDictionary<Call, Estimate> Estimates { get; init; } = new Dictionary<Call, Estimate>();

    public ClockFact? Clock { get; init; }

    public IReadOnlyDictionary<string, string> Guest
    {
        get
        {
            var guest = new SortedDictionary<string, string>(Input.Facts?.States.ToDictionary() ?? [], StringComparer.Ordinal);
            if (Input.Facts?.Cpu is { } cpu)
            {
                guest["cpuid.model"] = cpu.Model;
                guest["cpuid.vendor"] = cpu.Vendor;
                guest["cpuid.family"] = $"{cpu.Family} stepping {cpu.Stepping}";
                guest["cpuid.hypervisor"] = cpu.Hypervisor;
            }

            return guest;
        }
    }

    /// <exception cref="UserError">Boots of different iterations, which no average may mix.</exception>
    public static PlatformAnalysis Of(PlatformInput input, ulong seed)
    {
        if (input.NotMeasured is { } reason)
            return Without(input, reason);
        Sample[] samples = [.. input.Samples];
        // Boots that measured nothing are an error; a platform that was never booted is its caller's to judge.
        if (samples.Length == 0)
            return Without(input, WhyNothing(input), new Finding(Severity.Error, input.Platform, $"no sample: {WhyNothing(input)}"));
        var (iterations, perCall) = (samples[0].Iterations, samples[0].PerCall);
        foreach (var sample in samples.Where(sample => sample.Iterations != iterations || sample.PerCall != perCall).Take(1))
            throw new UserError($"{input.Platform}: boot {sample.Boot} has {sample.Iterations} iterations a round, those before {iterations}: run --target=Run again");

        var clock = GuestClock.Find(input);
        var calls = new CallAnalyser(input, samples, clock, seed);
        // Each has random numbers of its own, so that the order does not matter.
        var analysed = _calls.AsParallel().AsOrdered().Select(calls.Analyse).ToList();
        return new PlatformAnalysis(
            input,
            [.. analysed.Select(call => call.Row)],
            [.. input.Facts?.Findings ?? [], .. GuestClock.Findings(input, clock), .. analysed.SelectMany(call => call.Findings), .. Invisible(input, analysed)])
        {
            Estimates = analysed.Where(call => call.Estimate is not null).ToDictionary(call => call.Row.Call, call => call.Estimate!),
            Clock = clock,
        };
    }

    private static PlatformAnalysis Without(PlatformInput input, string reason, params Finding[] findings) =>
        new(input, [.. _calls.Select(call => CallAnalyser.NotMeasured(input, call, reason))], [.. input.Facts?.Findings ?? [], .. findings]);

    private static IEnumerable<Finding> Invisible(PlatformInput input, IReadOnlyList<CallAnalysis> analysed)
    {
        if (input.Facts is { InterruptsInvisible: true } && analysed.Sum(call => call.Row.Outliers?.High ?? 0) is var outliers and > 0)
            yield return new Finding(Severity.Info, input.Platform, $"the program cannot see interrupts, since it runs in ring 0 or on a CPU with FRED: the {outliers} high outliers may be such, and are kept");
    }

    private static string WhyNothing(PlatformInput input) => input.Facts?.RejectedBoots switch
    {
        [var only] => $"its only boot failed: {only.Reason}",
        [var first, ..] all => $"all {all.Count} boots failed; boot {first.Boot}: {first.Reason}",
        _ => "no boot of it has a sample: run --target=Run",
    };
}
