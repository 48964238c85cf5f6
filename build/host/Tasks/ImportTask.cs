using SyscallBench.Build.Boots;
using SyscallBench.Reports;

namespace SyscallBench.Build.Tasks;

[TaskName("Import")]
[TaskDescription("Processes the console logs of the EuroSys'21 artifact's own runs; tables and plots in results/imported/")]
public sealed class ImportTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        var document = BootRequest.Import(context).Run(context.Cancellation);
        context.Say($"results written to {Path.GetRelativePath(context.Workspace.Root, context.Workspace.ImportedResults)}");
        context.Print(string.Empty);
        context.Print(TerminalSummary.Lines(document, "results/imported"));
    }
}
