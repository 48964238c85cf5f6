using SyscallBench.Builds;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildBenchmark")]
[TaskDescription("Builds the benchmark: one static PIE without libc that every platform runs")]
[IsDependentOn(typeof(SetupTask))]
public sealed class BuildBenchmarkTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context) =>
        context.Say(await MakeBuild.Benchmark(context.Workspace, await context.ToolchainAsync()).RunAsync(context.Cancellation));
}
