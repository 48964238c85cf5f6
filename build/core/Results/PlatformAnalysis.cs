using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>What the samples of one platform in one setting say.</summary>
internal sealed record PlatformAnalysis
{
    private static readonly Call[] _calls = [Call.Tsc, Call.Empty, Call.Fcall, Call.Scall];

    public required string Platform { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>What its boots have in common; null where it was not booted.</summary>
    public ResultSetting? Setting { get; init; }

    /// <summary>One row per call, measured or not.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>The net costs with their resamples, or the medians where no loop could be subtracted, of the calls that were measured.</summary>
    public IReadOnlyDictionary<Call, Estimate> Estimates { get; init; } = new Dictionary<Call, Estimate>();

    public ClockFact? Clock { get; init; }

    /// <summary>What the guest said about itself.</summary>
    public IReadOnlyDictionary<string, string> Guest { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public static PlatformAnalysis Of(PlatformInput input, ulong seed, CancellationToken cancellation)
    {
        if (input.NotMeasured is { } reason)
        {
            return NotMeasured(input, reason);
        }

        cancellation.ThrowIfCancellationRequested();
        Sample[] samples = [.. input.Samples];
        return samples.Length == 0 ? NothingMeasured(input) : Analyse(input, samples, seed);
    }

    private static PlatformAnalysis Analyse(PlatformInput input, IReadOnlyList<Sample> samples, ulong seed)
    {
        var clock = GuestClock.Find(input.Facts, input.CalibratedKhz, input.Calibration);
        var calls = new CallAnalyser(input, samples, clock, seed);
        // Each has random numbers of its own, so that the order does not matter.
        var analysed = _calls.AsParallel().AsOrdered().Select(calls.Analyse).ToList();
        return new PlatformAnalysis
        {
            Platform = input.Platform,
            Unit = input.Unit,
            Setting = input.Setting,
            Rows = [.. analysed.Select(call => call.Row)],
            Estimates = analysed.Where(call => call.Estimate is not null).ToDictionary(call => call.Row.Call, call => call.Estimate!),
            Clock = clock,
            Guest = GuestOf(input.Facts),
            Findings =
            [
                .. input.Facts?.Findings ?? [],
                .. GuestClock.Findings(input, clock),
                .. analysed.SelectMany(call => call.Findings),
                .. Invisible(input, analysed),
            ],
        };
    }

    private static PlatformAnalysis NotMeasured(PlatformInput input, string reason) => new()
    {
        Platform = input.Platform,
        Unit = input.Unit,
        Setting = input.Setting,
        Rows = [.. _calls.Select(call => CallAnalyser.NotMeasured(input, call, reason))],
        Guest = GuestOf(input.Facts),
        Findings = input.Facts?.Findings ?? [],
    };

    // Boots that measured nothing are an error; a platform that was never booted is its caller's to judge.
    private static PlatformAnalysis NothingMeasured(PlatformInput input)
    {
        var analysis = NotMeasured(input, WhyNothing(input));
        return analysis with { Findings = [.. analysis.Findings, new Finding(Severity.Error, input.Platform, $"no sample: {WhyNothing(input)}")] };
    }

    private static IEnumerable<Finding> Invisible(PlatformInput input, IReadOnlyList<CallAnalysis> analysed)
    {
        if (input.Facts is { InterruptsInvisible: true } && analysed.Sum(call => call.Row.Outliers?.High ?? 0) is var outliers and > 0)
        {
            yield return new Finding(
                Severity.Info,
                input.Platform,
                $"the program runs in ring 0 and cannot see interrupts: the {outliers} high outliers may be such, and are kept");
        }
    }

    private static SortedDictionary<string, string> GuestOf(PlatformFacts? facts)
    {
        var guest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts?.States ?? new Dictionary<string, string>())
            guest[name] = value;
        if (facts?.Cpu is { } cpu)
        {
            guest["cpuid.model"] = cpu.Model;
            guest["cpuid.vendor"] = cpu.Vendor;
            guest["cpuid.family"] = $"{cpu.Family} stepping {cpu.Stepping}";
            guest["cpuid.hypervisor"] = cpu.Hypervisor;
        }

        return guest;
    }

    private static string WhyNothing(PlatformInput input) => input.Facts?.RejectedBoots switch
    {
        [var only] => $"its only boot failed: {only.Reason}",
        [var first, ..] all => $"all {all.Count} boots failed; boot {first.Boot}: {first.Reason}",
        _ => "no boot of it has a sample: run --target=Run",
    };
}
