using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Statistics;

namespace SyscallBench.Fidelity;

/// <summary>
/// Holds the platform <c>host</c> against an independent tool that measures the same call: <c>perf bench syscall basic</c> times a C loop of
/// <c>getppid()</c> with the clock of day (tools/perf/bench/syscall.c in Linux). It makes the call through the C library's function, so here the
/// benchmark makes it through a function as well: returning from one costs up to 48 ns where the kernel has safe RET active, more than the 3 % that
/// are checked.
/// </summary>
/// <param name="benchmark">Absolute path of the benchmark's ELF.</param>
/// <param name="console">File for the benchmark's output.</param>
/// <param name="cpu">The CPU that both run on.</param>
public sealed partial class HostCheck(ProcessRunner processes, string benchmark, string console, int cpu)
{
    // Our rounds count cycles, and are short enough for some to meet no interrupt even on a busy machine.
    private static readonly BenchmarkArguments _calls = new(Rounds: 200, Iterations: 500, Warmup: 1) { SystemCall = Syscalls.GetParent, Expect = "any" };

    // Fixed: to measure until both agree would make them agree.
    private const int Runs = 60;

    // Whatever else runs only adds: the fastest tenth's slowest is compared. The very fastest may owe it to branches that happened to be predicted.
    private const double Share = 0.1;

    private const double NanosecondsPerMillisecond = 1_000_000;

    private static readonly TimeSpan _calibration = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(1);

    /// <summary>perf counts microseconds: 5000 calls make them some parts in a thousand.</summary>
    internal static IReadOnlyList<string> PerfArguments { get; } = ["bench", "syscall", "basic", "--loop", "5000"];

    /// <exception cref="UserError">perf or the benchmark failed, or the TSC's frequency cannot be found.</exception>
    public async Task<HostCheckResult> RunAsync(CancellationToken cancellation)
    {
        var (khz, source) = (await RunBenchmarkAsync(viaFunction: true, cancellation)).Clock is { Khz: > 0 } known ? (known.Khz, known.Source)
            : TscSpan.MeasureKhz(_calibration) is { } measured ? (measured, "calibration")
            : throw new UserError("host cannot be compared with perf bench: neither CPUID nor a calibration gives the TSC's frequency");
        var (perf, ours, inLoop) = (new List<double>(), new List<double>(), new List<double>());
        while (perf.Count < Runs)
        {
            perf.Add(await RunPerfAsync(cancellation));
            ours.Add(await NanosecondsAsync(viaFunction: true));
            inLoop.Add(await NanosecondsAsync(viaFunction: false));
        }

        return new HostCheckResult(Agreement.Of(perf, ours, Share, HostCheckResult.Limit), Undisturbed(inLoop), khz, source, Runs);

        // What the undisturbed rounds take, the clock's own cost subtracted and the loop left in, as perf leaves its own in.
        async Task<double> NanosecondsAsync(bool viaFunction)
        {
            var clean = (await RunBenchmarkAsync(viaFunction, cancellation)).Samples
                .Where(sample => sample is { TscDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None });
            return Undisturbed(clean.Select(sample => (sample.Scall - sample.Tsc) / sample.Iterations)) * NanosecondsPerMillisecond / khz;
        }
    }

    /// <summary>One run of perf: nanoseconds per call, on average.</summary>
    /// <exception cref="UserError">perf is not there, not the one of this kernel, or does not know this benchmark.</exception>
    public async Task<double> RunPerfAsync(CancellationToken cancellation)
    {
        var request = new ProcessRequest("perf", PerfArguments)
        {
            Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C" },
            Deadline = _deadline,
            Cpu = cpu,
        };
        var result = await processes.RunAsync(request, cancellation);
        return ParsePerf(result.OutputTail)
            ?? throw new UserError(WhyNoPerf([.. result.ErrorTail, .. result.OutputTail]) ?? $"perf bench syscall basic gave no time per call: {result.Describe()}");
    }

    /// <summary>Nanoseconds per call; null where no line says it.</summary>
    internal static double? ParsePerf(IEnumerable<string> output) => output
        .Select(line => PerCall().Match(line))
        .Where(match => match.Success)
        .Select(match => (double?)(1000 * double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
        .FirstOrDefault();

    /// <summary>Ubuntu's perf is a script that looks for the one of the running kernel: its first line, and what to install; null where it is another.</summary>
    internal static string? WhyNoPerf(IReadOnlyList<string> output)
    {
        if (output.FirstOrDefault(line => line.Contains("perf not found for kernel", StringComparison.Ordinal)) is not { } said)
            return null;
        var package = output.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(word => word.StartsWith("linux-tools-", StringComparison.Ordinal));
        return $"{said.Replace("WARNING:", "", StringComparison.Ordinal).Trim()}; run: sudo apt-get install -y {package ?? "linux-tools-$(uname -r)"}";
    }

    // An ordinary process, as on the platform host, but calling getppid.
    private async Task<BootLog> RunBenchmarkAsync(bool viaFunction, CancellationToken cancellation)
    {
        var arguments = HostPlatform.Arguments(_calls with { ViaFunction = viaFunction });
        var result = await processes.RunAsync(new ProcessRequest(benchmark, arguments) { OutputFile = console, Deadline = _deadline, Cpu = cpu }, cancellation);
        var log = ConsoleReader.Read(console, console, 0);
        return new HostPlatform().WhyFailed(result.ExitCode, log) is { } failure
            ? throw new UserError($"{benchmark} {string.Join(' ', arguments)}: {failure}; its output is {console}")
            : log;
    }

    // Of no times larger than anything.
    private static double Undisturbed(IEnumerable<double> times) =>
        times.Order().ToArray() is { Length: > 0 } sorted ? Quantile.Type7(sorted, Share) : double.MaxValue;

    // "       0.163605 usecs/op"
    [GeneratedRegex(@"^\s*(\d+\.\d+) usecs/op\s*$")]
    private static partial Regex PerCall();
}

/// <summary>Our measurement of getppid on this machine's own kernel beside perf's, each from many short runs in turn.</summary>
/// <param name="Held">Nanoseconds per call: perf's, and the benchmark's, made through a function as perf makes it.</param>
/// <param name="InLoop">Nanoseconds per call that the timed loop makes itself, as for the platform's rows. Not compared.</param>
/// <param name="ClockKhz">TSC ticks per millisecond that ours was converted with.</param>
/// <param name="ClockSource">Where the frequency is from: <c>cpuid</c>, <c>hypervisor</c> or <c>calibration</c>.</param>
public sealed record HostCheckResult([property: JsonIgnore] Agreement Held, double InLoop, long ClockKhz, string ClockSource, int Runs)
{
    /// <summary>Largest difference that passes, as a fraction.</summary>
    public const double Limit = 0.03;

    public double Perf => Held.Reference;

    public double Ours => Held.Ours;

    public double Difference => Held.Difference;

    public Interval Difference95 => Held.Difference95;

    public bool Agrees => Held.Agrees;

    public IReadOnlyList<string> Lines() =>
    [
        FormattableString.Invariant($"host, getppid: {Ours:0.0} ns a call through a function, as perf bench calls it; {InLoop:0.0} ns made by the loop itself"),
        FormattableString.Invariant($"perf bench syscall basic: {Perf:0.0} ns a call; {Held.Describe()}"),
        $"Of {Runs} runs of each in turn the fastest tenth's slowest, since whatever else runs only adds. TSC at {ClockKhz} kHz ({ClockSource}).",
    ];

    /// <exception cref="UserError">The two differ, or it cannot be said that they do not.</exception>
    public void Require()
    {
        if (Agrees)
            return;
        var how = Held.Differs ? "differs from" : "cannot be told to agree with";
        throw new UserError(FormattableString.Invariant($"host {how} perf bench ({Ours:0.0} ns against {Perf:0.0} ns for getppid): {Held.Describe()}; on a busy machine, run --target=Verify again when it is idle"));
    }
}
