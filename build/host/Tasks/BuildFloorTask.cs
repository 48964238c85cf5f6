using SyscallBench.Builds;
using SyscallBench.Platforms;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildFloor")]
[TaskDescription("Builds the floor: the least guest that can answer the benchmark's system calls")]
[IsDependentOn(typeof(SetupTask))]
public sealed class BuildFloorTask : AsyncFrostingTask<BenchContext>
{
    private static readonly string[] _platforms = [.. new PlatformCatalog().All.Where(platform => platform.Images.Contains(Image.Floor)).Select(platform => platform.Name)];

    public override Task RunAsync(BenchContext context) => context.AttemptAsync(_platforms, ["BuildFloor"], () => BuildAsync(context));

    private static async Task BuildAsync(BenchContext context) =>
        context.Say(await MakeBuild.Floor(context.Workspace, await context.ToolchainAsync()).RunAsync(context.Cancellation));
}
