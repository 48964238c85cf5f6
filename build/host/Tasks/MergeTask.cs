using SyscallBench.Build.Boots;
using SyscallBench.Fleet;
using SyscallBench.Reports;

namespace SyscallBench.Build.Tasks;

[TaskName("Merge")]
[TaskDescription("Makes one table and one report of the results of many machines, results/merged/")]
public sealed class MergeTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => Merge(context, context.Options.From ?? [FleetRun.ResultsOf(context.Workspace)]);

    internal static void Merge(BenchContext context, IReadOnlyList<string> folders)
    {
        var document = BootRequest.Merge(context, folders).Run(context.Cancellation);
        context.Print(string.Empty);
        context.Print(TerminalSummary.Lines(document, Path.GetRelativePath(context.Workspace.Root, context.Workspace.MergedResults)));
    }
}
