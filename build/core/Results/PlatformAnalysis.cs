using SyscallBench.Findings;
using SyscallBench.Platforms;
using SyscallBench.Statistics;
using SyscallBench.Units;

namespace SyscallBench.Results;

/// <summary>What the samples of one platform say.</summary>
internal sealed record PlatformAnalysis
{
    private static readonly Call[] Calls = [Call.Tsc, Call.Empty, Call.Fcall, Call.Scall];

    public required string Platform { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>One row per call, measured or not.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>The medians with their resamples, of the calls that were measured.</summary>
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

        var readings = PlatformReadings.Read(input.Samples, input.Platform, cancellation);
        return readings.Samples == 0 ? NotMeasured(input, WhyNothing(input)) : Analyse(input, readings, seed);
    }

    private static PlatformAnalysis Analyse(PlatformInput input, PlatformReadings readings, ulong seed)
    {
        var clock = GuestClock.Find(input.Facts, input.CalibratedKhz);
        var calls = new CallAnalyser(input, readings, clock, seed);
        var analysed = Calls.Select(calls.Analyse).ToList();
        return new PlatformAnalysis
        {
            Platform = input.Platform,
            Unit = input.Unit,
            Rows = [.. analysed.Select(call => call.Row)],
            Estimates = analysed.Where(call => call.Estimate is not null).ToDictionary(call => call.Row.Call, call => call.Estimate!),
            Clock = clock,
            Guest = GuestFacts.Of(input.Facts),
            Findings = [.. input.Facts?.Findings ?? [], .. analysed.SelectMany(call => call.Findings)],
        };
    }

    private static PlatformAnalysis NotMeasured(PlatformInput input, string reason) => new()
    {
        Platform = input.Platform,
        Unit = input.Unit,
        Rows = [.. Calls.Select(call => CallAnalyser.NotMeasured(input, call, reason))],
        Guest = GuestFacts.Of(input.Facts),
        Findings = input.Facts?.Findings ?? [],
    };

    private static string WhyNothing(PlatformInput input) => input.Facts?.RejectedBoots switch
    {
        [var only] => $"its only boot failed: {only.Reason}",
        [var first, ..] all => $"all {all.Count} boots failed; boot {first.Boot}: {first.Reason}",
        _ => "no boot of it has a sample: run --target=Run",
    };
}
