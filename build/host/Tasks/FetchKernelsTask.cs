using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("FetchKernels")]
[TaskDescription("Gets the kernels that --stock names, as Debian built them")]
public sealed class FetchKernelsTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => context.IsTarget("FetchKernels") || context.Platforms.OfType<StockPlatform>().Any();

    public override async Task RunAsync(BenchContext context)
    {
        foreach (var kernel in context.Platforms.OfType<StockPlatform>().GroupBy(platform => platform.Release))
            await context.AttemptAsync([.. kernel.Select(platform => platform.Name)], ["FetchKernels"], () => FetchAsync(context, kernel.Key));
    }

    private static async Task FetchAsync(BenchContext context, string release)
    {
        try
        {
            var kernel = await context.StockKernels.GetAsync(release, context.Say, context.Cancellation);
            context.Say($"Linux {release}: {kernel}");
        }
        catch (UnknownReleaseError error)
        {
            throw new UsageError($"--stock={release}: {error.Message}");
        }
    }
}
