using System.Globalization;

namespace SyscallBench.Fidelity;

/// <summary>Our measurement of getppid on this machine's own kernel beside perf's, both the fastest of many short runs in turn.</summary>
/// <param name="Perf">Nanoseconds per call, as perf says it.</param>
/// <param name="Ours">Nanoseconds per call, the benchmark's.</param>
/// <param name="Wrapper">Nanoseconds that a call through the C library's function, as perf makes it, takes longer; 0 where that cannot be measured.</param>
/// <param name="ClockKhz">TSC ticks per millisecond that ours was converted with.</param>
/// <param name="ClockSource">Where the frequency is from: <c>cpuid</c>, <c>hypervisor</c> or <c>calibration</c>.</param>
/// <param name="Runs">Runs of each.</param>
public sealed record HostCheckResult(double Perf, double Ours, double Wrapper, long ClockKhz, string ClockSource, int Runs)
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double Limit = 0.03;

    /// <summary>
    /// How far perf's is from ours, as a fraction of perf's; 0 anywhere between ours and ours with the C library's function. Between, because where the kernel leaves the
    /// branch predictors empty, the first branch after a system call is mispredicted or not depending on where it lies, in perf's loop and in ours.
    /// </summary>
    public double Difference => (Math.Clamp(Perf, Ours, Ours + Math.Max(0, Wrapper)) - Perf) / Perf;

    public bool Agrees => Math.Abs(Difference) <= Limit;

    /// <summary>The function costs so much here that the check says less than <see cref="Limit"/> promises.</summary>
    public bool IsCoarse => Wrapper > Limit * Perf;

    /// <summary>For people.</summary>
    public IReadOnlyList<string> Lines() =>
    [
        Text($"host, getppid: {Ours:0.0} ns a call; {Ours + Wrapper:0.0} ns through the C library's function, as perf calls it"),
        Text($"perf bench syscall basic: {Perf:0.0} ns a call; {(Difference == 0 ? "between the two" : $"difference {FidelityTable.Percent(Difference)}")}, {(Agrees ? "ok" : "differs")} (limit {Limit * 100:0.#} %)"),
        .. IsCoarse ? (string[])[Text($"Returning from that function costs {Wrapper / Perf * 100:0} % here, since the kernel leaves the branch predictors empty: the check is as coarse as that.")] : [],
        Text($"The fastest of {Runs} runs of each in turn, since whatever else runs only adds. TSC at {ClockKhz} kHz ({ClockSource})."),
    ];

    /// <exception cref="UserError">The two differ by more than <see cref="Limit"/>.</exception>
    public void Require()
    {
        if (!Agrees)
            throw new UserError(Text($"host differs from perf bench by {FidelityTable.Percent(Difference)} ({Ours:0.0} ns, or {Ours + Wrapper:0.0} ns through the C library, against {Perf:0.0} ns for getppid); on a busy machine, run --target=Verify again when it is idle"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
