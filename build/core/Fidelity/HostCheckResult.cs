using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Fidelity;

/// <summary>Our measurement of getppid on this machine's own kernel beside perf's, each from many short runs in turn.</summary>
/// <param name="Perf">Nanoseconds per call, as perf says it.</param>
/// <param name="Ours">Nanoseconds per call, the benchmark's, made through a function as perf makes it.</param>
/// <param name="InLoop">Nanoseconds per call that the timed loop makes itself, as for the platform's rows. Not compared.</param>
/// <param name="ClockKhz">TSC ticks per millisecond that ours was converted with.</param>
/// <param name="ClockSource">Where the frequency is from: <c>cpuid</c>, <c>hypervisor</c> or <c>calibration</c>.</param>
/// <param name="Runs">Runs of each.</param>
public sealed record HostCheckResult(double Perf, double Ours, double InLoop, long ClockKhz, string ClockSource, int Runs)
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double Limit = 0.03;

    /// <summary>How far ours is from perf's, as a fraction of perf's.</summary>
    public double Difference => (Ours - Perf) / Perf;

    public bool Agrees => Math.Abs(Difference) <= Limit;

    /// <summary>For people.</summary>
    public IReadOnlyList<string> Lines() =>
    [
        Text($"host, getppid: {Ours:0.0} ns a call through a function, as perf bench calls it; {InLoop:0.0} ns made by the loop itself"),
        Text($"perf bench syscall basic: {Perf:0.0} ns a call; difference {FidelityTable.Percent(Difference)}, {FidelityTable.Verdict(Agrees)} (limit {Limit * 100:0.#} %)"),
        Text($"Of {Runs} runs of each in turn the fastest tenth's slowest, since whatever else runs only adds. TSC at {ClockKhz} kHz ({ClockSource})."),
    ];

    /// <exception cref="UserError">The two differ by more than <see cref="Limit"/>.</exception>
    public void Require()
    {
        if (!Agrees)
            throw new UserError(Text($"host differs from perf bench by {FidelityTable.Percent(Difference)} ({Ours:0.0} ns against {Perf:0.0} ns for getppid); on a busy machine, run --target=Verify again when it is idle"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
