using System.Globalization;
using System.Text.RegularExpressions;

namespace SyscallBench.Results;

/// <summary>
/// Finds the TSC's frequency: the guest kernel's own knowledge first, then what the hypervisor or the CPU say through CPUID, then the host's
/// calibration. Never a guess.
/// </summary>
public static partial class GuestClock
{
    private const int KhzPerMhz = 1000;

    /// <param name="facts">What the guest said.</param>
    /// <param name="calibratedKhz">What the host found out; null where it did not.</param>
    /// <param name="calibration">How it did.</param>
    /// <returns>Null where nobody knows.</returns>
    public static ClockFact? Find(PlatformFacts? facts, long? calibratedKhz, string calibration = "calibration")
    {
        var invariant = facts?.Clock?.Invariant ?? false;
        if (FromKernel(facts?.States.GetValueOrDefault("tsc")) is { } kernel)
        {
            return new ClockFact(kernel, "kernel", invariant);
        }

        if (facts?.Clock is { Khz: > 0 } clock)
        {
            return new ClockFact(clock.Khz, clock.Source, invariant);
        }

        return calibratedKhz is { } khz and > 0 ? new ClockFact(khz, calibration, invariant) : null;
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
