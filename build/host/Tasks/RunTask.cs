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
        ArgumentNullException.ThrowIfNull(context);
        var before = RunRecord.Find(context.Workspace.RawEvaluation);
        var machine = await BootRequest.ExamineAsync(context);
        using var progress = new BootProgress(context);
        var session = new BootSession(
            BootRequest.Options(context),
            BootRequest.Images(context),
            context.Workspace,
            context.Services.Processes,
            new StepLedger(context.Workspace).Hasher,
            progress);
        var run = await session.RunAsync(context.Cancellation);

        // Where nothing was booted, what was noticed when it was still holds.
        run = BootRequest.Require(context, progress.Booted > 0 || before is null
            ? BootRequest.Complete(context, run, machine)
            : run with { CommandLine = before.CommandLine, Findings = before.Findings });
        run = BootRequest.NoteKernel(context, run);
        run.Write(context.Workspace.RawEvaluation);
        context.Say(progress.Summary(run));

        // Process has this to say after it has saved what could be measured.
        if (run.Failure is { } failure && context.IsTarget("Run"))
            throw new UserError(failure);
    }
}
