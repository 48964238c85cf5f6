using SyscallBench.Build.Adapters;
using SyscallBench.Builds;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildElfloader")]
[TaskDescription("Builds the Unikraft unikernel that runs the benchmark")]
[IsDependentOn(typeof(CloneDepsTask))]
public sealed class BuildElfloaderTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => CloneDepsTask.Wanted(context, "BuildElfloader").Count > 0;

    public override async Task RunAsync(BenchContext context)
    {
        foreach (var unikraft in CloneDepsTask.Wanted(context, "BuildElfloader"))
            await context.AttemptAsync([unikraft.Name], ["BuildElfloader"], () => BuildAsync(context, unikraft.Pin));
    }

    private static async Task BuildAsync(BenchContext context, UnikraftPin pin)
    {
        var build = new ElfloaderBuild(context.Workspace, await context.ToolchainAsync(), new CakeGitClient(context), pin)
        {
            Jobs = context.Options.Jobs ?? Environment.ProcessorCount,
        };
        using var progress = context.Progress("building the unikernel");
        context.Say(await build.RunAsync(context.Cancellation));
    }
}
