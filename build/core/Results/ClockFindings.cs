using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>What is to be said about the clock of a platform that is measured in cycles: can its ticks be trusted, and turned into time?</summary>
internal static class ClockFindings
{
    // Clock sources by which a Linux guest says that it trusts the TSC.
    private static readonly string[] _trusting = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page"];

    public static IEnumerable<Finding> Of(PlatformInput input, ClockFact? clock)
    {
        var (platform, facts) = (input.Platform, input.Facts);
        if (input.Unit != Unit.Cycles)
        {
            yield break;
        }

        if (clock is null)
        {
            yield return new Finding(
                Severity.Warning,
                platform,
                "the frequency of the TSC is not known, neither to the guest's kernel, nor to CPUID, nor by calibration: there are no nanoseconds",
                input.ClockRemedy);
        }
        else if (clock.Source == "calibration")
        {
            yield return new Finding(
                Severity.Info,
                platform,
                $"the frequency of the TSC, {clock.Khz} kHz, is calibrated against this machine's monotonic clock: no kernel and no CPUID told it");
        }

        if (facts?.Clock is { Invariant: false })
        {
            yield return new Finding(
                Severity.Warning,
                platform,
                "CPUID does not promise an invariant TSC: its rate may follow the core's frequency",
                "pin the frequency: --target=Tune");
        }

        if (facts?.States.GetValueOrDefault("tsc") is { } message && message.Contains("unstable", StringComparison.OrdinalIgnoreCase))
        {
            yield return new Finding(Severity.Warning, platform, $"the guest's kernel does not trust the TSC: {message}", "--target=Doctor");
        }

        if (facts?.States.GetValueOrDefault("clocksource") is { Length: > 0 } source && !_trusting.Contains(source))
        {
            yield return new Finding(
                Severity.Warning,
                platform,
                $"the guest's kernel keeps time by {source}, not by the TSC: it may not find it stable",
                "--target=Doctor");
        }
    }
}
