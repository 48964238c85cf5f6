using Cake.Frosting;
using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Compare")]
[TaskDescription("Holds the present results against a baseline; fails on a regression beyond --threshold")]
public sealed class CompareTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var baselines = new Baselines(context.Workspace.Baselines);
        if (context.Options is { Baseline: null, SaveBaseline: null })
            throw new UsageError("Compare needs --baseline=FILE-or-NAME to compare with, or --save-baseline=NAME to keep the present results");

        var baseline = context.Options.Baseline is { } name ? baselines.Find(name) : null;
        var current = ResultsFile.Read(context.Workspace.ResultsFile);
        if (baseline is not null)
            Hold(context, Comparer.Compare(ResultsFile.Read(baseline), current, context.Options.Threshold ?? Comparer.DefaultThreshold));
        if (context.Options.SaveBaseline is { } save)
            context.Say($"saved as {Path.GetRelativePath(context.Workspace.Root, baselines.Save(save, context.Workspace.ResultsFile))}");
    }

    private static void Hold(BenchContext context, Comparison comparison)
    {
        foreach (var line in context.Options.Json ? [ComparisonJson.Serialize(comparison).TrimEnd()] : ComparisonText.Lines(comparison, context.Paint))
            context.Print(line);
        AtomicFile.Write(context.Workspace.ComparisonSummary, string.Join('\n', ComparisonMarkdown.Lines(comparison)) + '\n');
        ComparisonGate.Check(comparison);
    }
}
