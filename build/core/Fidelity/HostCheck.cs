using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Statistics;

namespace SyscallBench.Fidelity;

/// <summary>
/// Holds the platform <c>host</c> against an independent tool that measures the same call. perf makes it through the C library's function, so here the benchmark
/// makes it through a function as well: returning from one costs up to 48 ns where the kernel has safe RET active, more than the 3 % that are checked.
/// </summary>
/// <param name="benchmark">Absolute path of the benchmark's ELF.</param>
/// <param name="console">File for the benchmark's output.</param>
/// <param name="cpu">The CPU that both run on.</param>
public sealed class HostCheck(ProcessRunner processes, string benchmark, string console, int cpu)
{
    // perf counts microseconds: 5000 calls make them some parts in a thousand. Ours counts cycles, and its rounds are short enough for some to meet
    // no interrupt even on a busy machine.
    private const long PerfCalls = 5000;
    private const long Calls = 500;

    // Fixed: to measure until both agree would make them agree.
    private const int Runs = 60;


    private const double NanosecondsPerMillisecond = 1_000_000;

    private static readonly TimeSpan _calibration = TimeSpan.FromMilliseconds(200);

    private readonly PerfBench _perf = new(processes, cpu);
    private readonly HostProbe _host = new(processes, benchmark, console, cpu);

    /// <exception cref="UserError">perf or the benchmark failed, or the TSC's frequency cannot be found.</exception>
    public async Task<HostCheckResult> RunAsync(CancellationToken cancellation)
    {
        var (khz, source) = FindClock((await _host.RunAsync(Calls, viaFunction: true, cancellation)).Clock);
        var runs = new List<Run>();
        while (runs.Count < Runs)
            runs.Add(await RunOnceAsync(cancellation));

        // Whatever else runs only adds: the fastest tenth's slowest is compared.
        return new HostCheckResult(
            Agreement.Of([.. runs.Select(run => run.Perf)], [.. runs.Select(run => Nanoseconds(run.Ticks))], Undisturbed.Share, HostCheckResult.Limit),
            Nanoseconds(Undisturbed.Of(runs.Select(run => run.TicksInLoop))),
            khz,
            source,
            runs.Count);

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

/// <summary>Our measurement of getppid on this machine's own kernel beside perf's, each from many short runs in turn.</summary>
/// <param name="Held">Nanoseconds per call: perf's, and the benchmark's, made through a function as perf makes it.</param>
/// <param name="InLoop">Nanoseconds per call that the timed loop makes itself, as for the platform's rows. Not compared.</param>
/// <param name="ClockKhz">TSC ticks per millisecond that ours was converted with.</param>
/// <param name="ClockSource">Where the frequency is from: <c>cpuid</c>, <c>hypervisor</c> or <c>calibration</c>.</param>
/// <param name="Runs">Runs of each.</param>
public sealed record HostCheckResult([property: JsonIgnore] Agreement Held, double InLoop, long ClockKhz, string ClockSource, int Runs)
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double Limit = 0.03;

    /// <summary>Nanoseconds per call, as perf says it.</summary>
    public double Perf => Held.Reference;

    /// <summary>Nanoseconds per call, the benchmark's.</summary>
    public double Ours => Held.Ours;

    /// <inheritdoc cref="Agreement.Difference"/>
    public double Difference => Held.Difference;

    /// <inheritdoc cref="Agreement.Difference95"/>
    public Interval Difference95 => Held.Difference95;

    /// <inheritdoc cref="Agreement.Agrees"/>
    public bool Agrees => Held.Agrees;

    /// <summary>For people.</summary>
    public IReadOnlyList<string> Lines() =>
    [
        Text($"host, getppid: {Ours:0.0} ns a call through a function, as perf bench calls it; {InLoop:0.0} ns made by the loop itself"),
        Text($"perf bench syscall basic: {Perf:0.0} ns a call; {Held.Describe()}"),
        Text($"Of {Runs} runs of each in turn the fastest tenth's slowest, since whatever else runs only adds. TSC at {ClockKhz} kHz ({ClockSource})."),
    ];

    /// <exception cref="UserError">The two differ, or it cannot be said that they do not.</exception>
    public void Require()
    {
        if (Agrees)
            return;
        var how = Held.Differs ? "differs from" : "cannot be told to agree with";
        throw new UserError(Text($"host {how} perf bench ({Ours:0.0} ns against {Perf:0.0} ns for getppid): {Held.Describe()}; on a busy machine, run --target=Verify again when it is idle"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>perf is not there, or not the one of this kernel: that says nothing about ours.</summary>
public sealed class PerfUnavailableError(string message) : UserError(message);

/// <summary>The benchmark as an ordinary process, as on the platform <c>host</c>, but calling getppid.</summary>
internal sealed class HostProbe(ProcessRunner processes, string benchmark, string console, int cpu)
{
    private const int Rounds = 200;

    /// <summary>One process: what its undisturbed rounds take, the clock's own cost subtracted and the loop left in, as perf leaves its own in.</summary>
    /// <param name="calls">Calls of a round.</param>
    /// <param name="viaFunction">Call as a C program does, through a function.</param>
    /// <exception cref="UserError">The benchmark failed.</exception>
    public async Task<HostReading> RunAsync(long calls, bool viaFunction, CancellationToken cancellation)
    {
        var arguments = new BenchmarkArguments(Rounds, calls, Warmup: 1)
        {
            SystemCall = ProbedCall.GetParent.Number,
            Expect = ProbedCall.GetParent.Expect,
            ViaFunction = viaFunction,
        };
        var request = new ProcessRequest(benchmark, HostPlatform.Arguments(arguments))
        {
            OutputFile = console,
            Deadline = TimeSpan.FromMinutes(1),
            Cpu = cpu,
        };
        var result = await processes.RunAsync(request, cancellation);
        var log = ConsoleParser.Read(console, console, 0);
        if (new HostPlatform().WhyFailed(result.ExitCode, log) is { } failure)
            throw new UserError($"{benchmark} {string.Join(' ', request.Arguments)}: {failure}; its output is {console}");

        var clean = log.Samples.Where(sample => sample is { TscDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None });
        var ticks = clean.Select(sample => (sample.Scall - sample.Tsc) / sample.Iterations);
        return new HostReading(Undisturbed.Of(ticks), log.Clock is { Khz: > 0 } clock ? clock : null);
    }
}

/// <summary>What one process of the benchmark measured.</summary>
/// <param name="Ticks">TSC ticks per call.</param>
/// <param name="Clock">What CPUID says about the TSC; null where it does not know the frequency.</param>
internal sealed record HostReading(double Ticks, ClockRecord? Clock);

/// <summary>
/// <c>perf bench syscall basic</c>, an independent measurement of the same call: it times a C loop of <c>getppid()</c> with the clock of day
/// (tools/perf/bench/syscall.c in Linux).
/// </summary>
internal sealed partial class PerfBench(ProcessRunner processes, int cpu)
{
    /// <summary>Nanoseconds per call, averaged over one run.</summary>
    /// <param name="calls">Calls of the run.</param>
    /// <exception cref="UserError">perf is not there or does not know this benchmark.</exception>
    public async Task<double> RunAsync(long calls, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(
            new ProcessRequest("perf", Arguments(calls))
            {
                Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C" },
                Deadline = TimeSpan.FromMinutes(1),
                Cpu = cpu,
            },
            cancellation);
        return Parse(result.OutputTail)
            ?? throw new PerfUnavailableError(WhyNot([.. result.ErrorTail, .. result.OutputTail]) ?? $"perf bench syscall basic gave no time per call: {result.Describe()}");
    }

    public static IReadOnlyList<string> Arguments(long calls) =>
        ["bench", "syscall", "basic", "--loop", calls.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Nanoseconds per call; null where no line says it.</summary>
    public static double? Parse(IEnumerable<string> output) => output
        .Select(line => PerCall().Match(line))
        .Where(match => match.Success)
        .Select(match => (double?)(1000 * double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
        .FirstOrDefault();

    /// <summary>Ubuntu's perf is a script that looks for the one of the running kernel: its first line, and what to install; null where it is another.</summary>
    public static string? WhyNot(IReadOnlyList<string> output)
    {
        if (output.FirstOrDefault(line => line.Contains("perf not found for kernel", StringComparison.Ordinal)) is not { } said)
            return null;
        var package = output.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(word => word.StartsWith("linux-tools-", StringComparison.Ordinal));
        return $"{said.Replace("WARNING:", "", StringComparison.Ordinal).Trim()}; run: sudo apt-get install -y {package ?? "linux-tools-$(uname -r)"}";
    }

    // "       0.163605 usecs/op"
    [GeneratedRegex(@"^\s*(\d+\.\d+) usecs/op\s*$")]
    private static partial Regex PerCall();
}

/// <summary>What a loop or a run takes when nothing else happens meanwhile.</summary>
internal static class Undisturbed
{
    public const double Share = 0.1;

    /// <summary>
    /// The fastest tenth's slowest: on a busy machine most repeats are disturbed, and the very fastest may owe it to branches that happened to be predicted.
    /// Larger than anything where there are no values.
    /// </summary>
    public static double Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? double.MaxValue : Quantile.Type7(sorted, Share);
    }
}
