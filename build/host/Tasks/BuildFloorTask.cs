using SyscallBench.Builds;
using SyscallBench.Platforms;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildFloor")]
[TaskDescription("Builds the floor: the least guest that can answer the benchmark's system calls")]
[IsDependentOn(typeof(SetupTask))]
public sealed class BuildFloorTask : AsyncFrostingTask<BenchContext>
{
    public override Task RunAsync(BenchContext context) => context.AttemptAsync(
        new PlatformCatalog().Using(Image.Floor),
        ["BuildFloor"],
        async () => context.Say(await MakeBuild.Floor(context.Workspace, await context.ToolchainAsync()).RunAsync(context.Cancellation)));
}
