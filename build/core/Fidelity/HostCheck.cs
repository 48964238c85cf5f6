using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Fidelity;

/// <summary>Holds the platform <c>host</c> against an independent tool that measures the same call.</summary>
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

    // The fastest run only comes closer to the truth with more of them, so a busy machine gets more.
    private const int MostBatches = 5;

    private const double NanosecondsPerMillisecond = 1_000_000;

    private static readonly TimeSpan _calibration = TimeSpan.FromMilliseconds(200);

    private readonly PerfBench _perf = new(processes, cpu);
    private readonly HostProbe _host = new(processes, benchmark, console, cpu);
    private readonly WrapperCost _wrapper = new(cpu);

    /// <exception cref="UserError">perf or the benchmark failed, or the TSC's frequency cannot be found.</exception>
    public async Task<HostCheckResult> RunAsync(CancellationToken cancellation)
    {
        var (khz, source) = FindClock((await _host.RunAsync(Calls, cancellation)).Clock);
        var best = new Best(double.MaxValue, double.MaxValue, WrapperTimes.None, 0);
        HostCheckResult result;
        do
        {
            best = await BatchAsync(best, cancellation);
            result = new HostCheckResult(best.Perf, best.Ticks * NanosecondsPerMillisecond / khz, best.Wrapper.Cost, khz, source, best.Runs);
        }
        while (!result.Agrees && result.Runs < MostBatches * RunsPerBatch);
        return result;
    }

    private async Task<Best> BatchAsync(Best best, CancellationToken cancellation)
    {
        for (var run = 0; run < RunsPerBatch; run++)
        {
            var perf = await _perf.RunAsync(PerfCalls, cancellation);
            var ticks = (await _host.RunAsync(Calls, cancellation)).Ticks;
            var wrapper = await Task.Run(() => _wrapper.Measure(Calls, repeats: HostProbe.Rounds), cancellation) ?? WrapperTimes.None;
            best = new Best(Math.Min(best.Perf, perf), Math.Min(best.Ticks, ticks), best.Wrapper.Fastest(wrapper), best.Runs + 1);
        }

        return best;
    }

    private static (long Khz, string Source) FindClock(Protocol.ClockRecord? clock) =>
        clock is not null ? (clock.Khz, clock.Source)
        : TscCalibration.MeasureKhz(_calibration) is { } khz ? (khz, "calibration")
        : throw new UserError("host cannot be compared with perf bench: neither CPUID nor a calibration gives the TSC's frequency");

    // The fastest so far of each.
    private sealed record Best(double Perf, double Ticks, WrapperTimes Wrapper, int Runs);
}
