using SyscallBench.Build.Boots;

namespace SyscallBench.Build.Tasks;

[TaskName("Run")]
[TaskDescription("Boots every platform, in a random but recorded order; consoles go to eval/raw/")]
[IsDependentOn(typeof(FetchKernelsTask))]
[IsDependentOn(typeof(BuildElfloaderTask))]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(TryKvmTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class RunTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        using var progress = new BootProgress(context);
        var run = await BootRequest.Session(context, progress).RunAsync(context.Cancellation);
        context.Say(progress.Summary(run));

        // Process has this to say after it has saved what could be measured.
        if (run.Failure is { } failure && context.IsTarget("Run"))
            throw new UserError(failure);
    }
}
