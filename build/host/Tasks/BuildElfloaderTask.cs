using Cake.Frosting;
using SyscallBench.Build.Adapters;
using SyscallBench.Builds;
using SyscallBench.Platforms;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildElfloader")]
[TaskDescription("Builds the Unikraft unikernel that runs the benchmark")]
[IsDependentOn(typeof(CloneDepsTask))]
public sealed class BuildElfloaderTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) =>
        context.IsTarget("BuildElfloader") || (context.Wants(PlatformCatalog.Unikraft.Name) && !context.Missing.ContainsKey(PlatformCatalog.Unikraft.Name));

    public override Task RunAsync(BenchContext context) =>
        context.AttemptAsync([PlatformCatalog.Unikraft.Name], ["BuildElfloader"], () => BuildAsync(context));

    private static async Task BuildAsync(BenchContext context)
    {
        var build = new ElfloaderBuild(context.Workspace, await context.ToolchainAsync(), new CakeGitClient(context))
        {
            Jobs = context.Options.Jobs ?? Environment.ProcessorCount,
        };
        using var progress = context.Progress("building the unikernel");
        context.Say(await build.RunAsync(context.Cancellation));
    }
}
