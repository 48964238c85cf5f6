using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildBenchmark: the freestanding ELF that every guest runs.</summary>
public sealed class BenchmarkBuild(Workspace workspace, IToolchain toolchain)
{
    /// <exception cref="UserError">A source is missing or the compiler failed.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation) => new MakeBuild(workspace, toolchain)
    {
        Name = "benchmark",
        What = "the benchmark",
        Sources = workspace.BenchmarkSources,
        Output = workspace.BenchmarkElf,
    }.RunAsync(cancellation);
}
