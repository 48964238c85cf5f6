using System.Text.RegularExpressions;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>
/// Finds the TSC's frequency: the guest kernel's own knowledge first, then what the hypervisor or the CPU say through CPUID, then the host's
/// calibration. Never a guess.
/// </summary>
public static partial class GuestClock
{
    private const int KhzPerMhz = 1000;

    // A kernel's own calibration is off by some tenths of a percent at most, this machine's by far less.
    private const double LargestError = 0.01;

    private const double NanosecondsPerMillisecond = 1_000_000;

    // Clock sources by which a Linux guest says that it trusts the TSC.
    private static readonly string[] _trusting = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page"];

    /// <returns>Null where nobody knows.</returns>
    public static ClockFact? Find(PlatformInput input)
    {
        var told = input.Facts?.Clock;
        var (khz, source) = FromKernel(input.Facts?.States.GetValueOrDefault("tsc")) is { } kernel ? (kernel, "kernel")
            : told is { Khz: > 0 } ? (told.Khz, told.Source)
            : (input.CalibratedKhz ?? 0, input.Calibration);
        return khz > 0 ? new ClockFact(khz, source, told?.Invariant ?? false, input.CoreKhz) : null;
    }

    /// <summary>Turns TSC ticks into time. Instructions are never turned into anything.</summary>
    /// <returns>Null unless the unit is cycles and the frequency known.</returns>
    public static Nanoseconds? TimeOf(Unit unit, ClockFact? clock, Summary ticks)
    {
        return unit == Unit.Cycles && clock is { Khz: > 0 } ? new Nanoseconds(At(ticks.Mean), At(ticks.Median), At(ticks.Q1), At(ticks.Q3)) : null;

        // Ticks per millisecond are the kHz.
        double At(double count) => count * NanosecondsPerMillisecond / clock!.Khz;
    }

    /// <summary>What is to be said about the clock of a platform that is measured in cycles: can its ticks be trusted, and turned into time?</summary>
    internal static IEnumerable<Finding> Findings(PlatformInput input, ClockFact? clock)
    {
        if (input.Unit != Unit.Cycles)
            yield break;

        var states = input.Facts?.States ?? new Dictionary<string, string>();
        if (clock is null)
            yield return Warning("the frequency of the TSC is not known, neither to the guest's kernel, nor to CPUID, nor by calibration: there are no nanoseconds", input.ClockRemedy);
        else if (clock.Source == "calibration")
            yield return new Finding(Severity.Info, input.Platform, $"the frequency of the TSC, {clock.Khz} kHz, is calibrated against this machine's monotonic clock: no kernel and no CPUID told it");
        else if (input.CalibratedKhz is { } measured && Math.Abs(clock.Khz - measured) > LargestError * measured)
        {
            yield return Warning(
                FormattableString.Invariant($"the guest takes a TSC of {clock.Khz} kHz for granted ({clock.Source}), and this machine measured {measured} kHz while it ran: the nanoseconds are by the guest's"),
                "quote the ticks, or find out who scales the guest's TSC: a hypervisor, tsc-freq= in --cpu");
        }

        if (clock is { CoreKhz: { } core })
        {
            var rate = (double)core / (input.CalibratedKhz ?? clock.Khz);
            yield return new Finding(Severity.Info, input.Platform, FormattableString.Invariant($"cycles are ticks of the TSC: the core ran at {rate:0.000} times its rate while they were counted, so a tick was {rate:0.000} core cycles"));
        }

        if (input.Facts?.Clock is { Invariant: false })
            yield return Warning("CPUID does not promise an invariant TSC: its rate may follow the core's frequency", "pin the frequency: --target=Tune");
        if (states.GetValueOrDefault("tsc") is { } message && message.Contains("unstable", StringComparison.OrdinalIgnoreCase))
            yield return Warning($"the guest's kernel does not trust the TSC: {SafeText.Escape(message)}", "--target=Doctor");
        if (states.GetValueOrDefault("clocksource") is { Length: > 0 } source && !_trusting.Contains(source))
            yield return Warning($"the guest's kernel keeps time by {SafeText.Escape(source)}, not by the TSC: it may not find it stable", "--target=Doctor");

        Finding Warning(string seen, string remedy) => new(Severity.Warning, input.Platform, seen, remedy);
    }

    // "tsc: Detected 2899.998 MHz processor", "tsc: Refined TSC clocksource calibration: 2899.999 MHz"
    private static long? FromKernel(string? message)
        => message is not null && Megahertz().Match(message) is { Success: true } match
            && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var megahertz)
            && megahertz > 0
            ? (long)Math.Round(megahertz * KhzPerMhz)
            : null;

    [GeneratedRegex(@"(\d{1,6}(?:\.\d{1,6})?) MHz")]
    private static partial Regex Megahertz();
}
