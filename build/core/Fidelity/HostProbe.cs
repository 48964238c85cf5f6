using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Fidelity;

/// <summary>The benchmark as an ordinary process, as on the platform <c>host</c>, but calling getppid.</summary>
internal sealed class HostProbe(ProcessRunner processes, string benchmark, string console, int cpu)
{
    private const int Rounds = 200;

    /// <summary>One process: what its undisturbed rounds take, the clock's own cost subtracted and the loop left in, as perf leaves its own in.</summary>
    /// <param name="calls">Calls of a round.</param>
    /// <param name="viaFunction">Call as a C program does, through a function.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="UserError">The benchmark failed.</exception>
    public async Task<HostReading> RunAsync(long calls, bool viaFunction, CancellationToken cancellation)
    {
        var arguments = new BenchmarkArguments(Rounds, calls, Warmup: 1)
        {
            SystemCall = ProbedCall.GetParent.Number,
            Expect = ProbedCall.GetParent.Expect,
            ViaFunction = viaFunction,
        };
        var request = new ProcessRequest
        {
            Program = benchmark,
            Arguments = HostPlatform.Arguments(arguments),
            OutputFile = console,
            Deadline = TimeSpan.FromMinutes(1),
            Cpus = [cpu],
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
