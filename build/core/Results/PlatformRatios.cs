using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>How every platform stands to those that others are held against.</summary>
internal static class PlatformRatios
{
    // What people ask first, what the mitigations hide, and what no protected kernel can beat.
    private static readonly string[] _bases = ["linux", "linux-nomitig", "floor"];
    private static readonly Call[] _calls = [Call.Fcall, Call.Scall];

    /// <returns>Ratios between rows of the same unit, the first base's first; none between numbers that measure nothing.</returns>
    public static IReadOnlyList<PlatformRatio> Of(IReadOnlyList<PlatformAnalysis> analyses) =>
    [
        .. from name in _bases
           from denominator in analyses
           where denominator.Platform == name && denominator.Unit != Unit.Meaningless
           from numerator in analyses
           where numerator.Platform != name && numerator.Unit == denominator.Unit
           from call in _calls
           let ratio = Between(numerator, denominator, call)
           where ratio is not null
           select ratio,
    ];

    private static PlatformRatio? Between(PlatformAnalysis numerator, PlatformAnalysis denominator, Call call)
        => numerator.Estimates.TryGetValue(call, out var upper)
            && denominator.Estimates.TryGetValue(call, out var lower)
            && Ratio.Of(upper, lower) is { } ratio
            ? new PlatformRatio(numerator.Platform, denominator.Platform, call, ratio.Value, ratio.Ci95, ratio.IsDifferent)
            : null;
}
