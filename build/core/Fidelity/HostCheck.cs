using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Fidelity;

/// <summary>
/// Holds the platform <c>host</c> against an independent tool that measures the same call. perf makes it through the C library's function, so here the benchmark
/// makes it through a function as well: returning from one costs up to 48 ns where the kernel has safe RET active, more than the 3 % that are checked.
/// </summary>
/// <param name="processes">Runs both.</param>
/// <param name="benchmark">Absolute path of the benchmark's ELF.</param>
/// <param name="console">File for the benchmark's output.</param>
/// <param name="cpu">The CPU that both run on.</param>
public sealed class HostCheck(ProcessRunner processes, string benchmark, string console, int cpu)
{
    // perf counts microseconds: 5000 calls make them some parts in a thousand. Ours counts cycles, and its rounds are short enough for some to meet
    // no interrupt even on a busy machine.
    private const long PerfCalls = 5000;
    private const long Calls = 500;
    private const int RunsPerBatch = 20;

    // What undisturbed runs take only comes closer to the truth with more of them, so a busy machine gets more.
    private const int MostBatches = 5;

    private const double NanosecondsPerMillisecond = 1_000_000;

    private static readonly TimeSpan _calibration = TimeSpan.FromMilliseconds(200);

    private readonly PerfBench _perf = new(processes, cpu);
    private readonly HostProbe _host = new(processes, benchmark, console, cpu);

    /// <exception cref="UserError">perf or the benchmark failed, or the TSC's frequency cannot be found.</exception>
    public async Task<HostCheckResult> RunAsync(CancellationToken cancellation)
    {
        var (khz, source) = FindClock((await _host.RunAsync(Calls, viaFunction: true, cancellation)).Clock);
        var runs = new List<Run>();
        HostCheckResult result;
        do
        {
            for (var run = 0; run < RunsPerBatch; run++)
                runs.Add(await RunOnceAsync(cancellation));
            result = new HostCheckResult(
                Undisturbed.Of(runs.Select(run => run.Perf)),
                Nanoseconds(Undisturbed.Of(runs.Select(run => run.Ticks))),
                Nanoseconds(Undisturbed.Of(runs.Select(run => run.TicksInLoop))),
                khz,
                source,
                runs.Count);
        }
        while (!result.Agrees && result.Runs < MostBatches * RunsPerBatch);
        return result;

        double Nanoseconds(double ticks) => ticks * NanosecondsPerMillisecond / khz;
    }

    private async Task<Run> RunOnceAsync(CancellationToken cancellation) => new(
        await _perf.RunAsync(PerfCalls, cancellation),
        (await _host.RunAsync(Calls, viaFunction: true, cancellation)).Ticks,
        (await _host.RunAsync(Calls, viaFunction: false, cancellation)).Ticks);

    private static (long Khz, string Source) FindClock(ClockRecord? clock) =>
        clock is not null ? (clock.Khz, clock.Source)
        : TscSpan.MeasureKhz(_calibration) is { } khz ? (khz, "calibration")
        : throw new UserError("host cannot be compared with perf bench: neither CPUID nor a calibration gives the TSC's frequency");

    // Of each one process: nanoseconds per call, and TSC ticks per call.
    private sealed record Run(double Perf, double Ticks, double TicksInLoop);
}
