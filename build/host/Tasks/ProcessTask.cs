using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Process")]
[TaskDescription("Averages, medians, quartiles, intervals and ratios; tables and plots in results/")]
[IsDependentOn(typeof(ParseTask))]
public sealed class ProcessTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        var (step, document, explanation) = Evaluate(context);
        context.Say("results", step);
        context.Print(string.Empty);
        context.Print(TerminalSummary.Lines(document, context.Workspace.IsShared ? context.Workspace.Results : "results", explanation));

        var run = RunRecord.Read(context.Workspace.RawEvaluation);
        if (run.Failure is { } failure)
            throw new UserError(failure);
    }

    private static (StepResult Step, ResultsDocument Document, Explanation? Explanation) Evaluate(BenchContext context)
    {
        using var progress = context.Progress("writing tables and plots");
        return new ResultsProcessing(context.Workspace, BootRequest.Provenance(context)).Run(context.Cancellation);
    }
}
