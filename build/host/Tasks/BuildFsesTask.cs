using SyscallBench.Builds;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildFses")]
[TaskDescription("Packs the initramfs: the benchmark as /init, nothing else")]
[IsDependentOn(typeof(BuildBenchmarkTask))]
public sealed class BuildFsesTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context) =>
        context.Say(await new InitramfsBuild(context.Workspace).RunAsync(context.Cancellation));
}
