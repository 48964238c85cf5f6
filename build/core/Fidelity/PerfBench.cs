using System.Globalization;
using System.Text.RegularExpressions;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Fidelity;

/// <summary>
/// <c>perf bench syscall basic</c>, an independent measurement of the same call: it times a C loop of <c>getppid()</c> with the clock of day
/// (tools/perf/bench/syscall.c in Linux).
/// </summary>
internal sealed partial class PerfBench(ProcessRunner processes, int cpu)
{
    /// <summary>Nanoseconds per call, averaged over one run.</summary>
    /// <param name="calls">Calls of the run.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="UserError">perf is not there or does not know this benchmark.</exception>
    public async Task<double> RunAsync(long calls, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(
            new ProcessRequest
            {
                Program = "perf",
                Arguments = Arguments(calls),
                Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C" },
                Deadline = TimeSpan.FromMinutes(1),
                Cpus = [cpu],
            },
            cancellation);
        return Parse(result.OutputTail) ?? throw new UserError($"perf bench syscall basic gave no time per call: {result.Describe()}");
    }

    public static IReadOnlyList<string> Arguments(long calls) =>
        ["bench", "syscall", "basic", "--loop", calls.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Nanoseconds per call; null where no line says it.</summary>
    public static double? Parse(IEnumerable<string> output) => output
        .Select(line => PerCall().Match(line))
        .Where(match => match.Success)
        .Select(match => (double?)(1000 * double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
        .FirstOrDefault();

    // "       0.163605 usecs/op"
    [GeneratedRegex(@"^\s*(\d+\.\d+) usecs/op\s*$")]
    private static partial Regex PerCall();
}
