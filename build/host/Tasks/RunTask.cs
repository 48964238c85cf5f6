using Cake.Frosting;
using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Run")]
[TaskDescription("Boots every platform, in a random but recorded order; consoles go to eval/raw/")]
[IsDependentOn(typeof(BuildElfloaderTask))]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class RunTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        using var progress = new BootProgress(context);
        var session = new BootSession(
            BootRequest.Options(context),
            BootRequest.Images(context),
            context.Workspace,
            context.Services.Processes,
            new StepLedger(context.Workspace).Hasher,
            BootRequest.Origin(context),
            progress)
        {
            Exam = (guests, native) => BootRequest.ExamineAsync(context, guests, native),
        };
        var run = await session.RunAsync(context.Cancellation);
        context.Say(progress.Summary(run));

        // Process has this to say after it has saved what could be measured.
        if (run.Failure is { } failure && context.IsTarget("Run"))
            throw new UserError(failure);
    }
}
