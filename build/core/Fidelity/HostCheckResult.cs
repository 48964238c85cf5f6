using System.Globalization;

namespace SyscallBench.Fidelity;

/// <summary>Our measurement of getppid on this machine's own kernel beside perf's, both the fastest of many short runs in turn.</summary>
/// <param name="Perf">Nanoseconds per call, as perf says it.</param>
/// <param name="Ours">Nanoseconds per call, the benchmark's.</param>
/// <param name="Wrapper">Nanoseconds that perf's call takes longer because it goes through the C library's function; 0 where that could not be measured.</param>
/// <param name="ClockKhz">TSC ticks per millisecond that ours was converted with.</param>
/// <param name="ClockSource">Where the frequency is from: <c>cpuid</c>, <c>hypervisor</c> or <c>calibration</c>.</param>
/// <param name="Runs">Runs of each.</param>
public sealed record HostCheckResult(double Perf, double Ours, double Wrapper, long ClockKhz, string ClockSource, int Runs)
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double Limit = 0.03;

    /// <summary>Ours with the wrapper, against perf's, as a fraction of perf's.</summary>
    public double Difference => (Ours + Wrapper - Perf) / Perf;

    public bool Agrees => Math.Abs(Difference) <= Limit;

    /// <summary>For people.</summary>
    public IReadOnlyList<string> Lines() =>
    [
        Text($"host, getppid: {Ours:0.0} ns a call, and {Wrapper:0.0} ns for the C library's function that perf goes through: {Ours + Wrapper:0.0} ns"),
        Text($"perf bench syscall basic: {Perf:0.0} ns a call; difference {FidelityTable.Percent(Difference)}, {(Agrees ? "ok" : "differs")} (limit {Limit * 100:0.#} %)"),
        Text($"All are the fastest of {Runs} runs in turn, since whatever else runs only adds. TSC at {ClockKhz} kHz ({ClockSource})."),
    ];

    /// <exception cref="UserError">The two differ by more than <see cref="Limit"/>.</exception>
    public void Require()
    {
        if (!Agrees)
            throw new UserError(Text($"host differs from perf bench by {FidelityTable.Percent(Difference)} ({Ours + Wrapper:0.0} ns against {Perf:0.0} ns for getppid); on a busy machine, run --target=Verify again when it is idle"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
