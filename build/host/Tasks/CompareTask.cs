using Cake.FileHelpers;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Compare")]
[TaskDescription("Compares the present results with a baseline; fails on a regression beyond --threshold, or a row that is gone")]
public sealed class CompareTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        var baselines = new Baselines(context.Workspace.Baselines);
        if (context.Options is { Baseline: null, SaveBaseline: null })
            throw new UsageError("Compare needs --baseline=FILE-or-NAME to compare with, or --save-baseline=NAME to keep the present results");

        var file = context.Options.Baseline is { } name ? baselines.Find(name) : null;
        var baseline = file is null ? null : Baselines.Read(file);
        var current = ResultsFile.Read(context.Workspace.ResultsFile);
        var explanation = Explanation.Beside(context.Workspace.ResultsFile, current).Explanation;
        if (baseline is not null)
        {
            var comparison = Comparer.Compare(baseline, current, context.Options.Threshold ?? Comparer.DefaultThreshold);
            var why = ExplanationDiff.Why(comparison, Explanation.Beside(file!, baseline).Explanation, explanation);
            Judge(context, comparison with { Findings = [.. why, .. comparison.Findings] });
        }

        if (context.Options.SaveBaseline is { } save)
            context.Say($"saved as {Path.GetRelativePath(context.Workspace.Root, baselines.Save(save, context.Workspace.ResultsFile, explanation))}");
    }

    private static void Judge(BenchContext context, Comparison comparison)
    {
        context.Print(context.Options.Json ? [comparison.ToJson().TrimEnd()] : ComparisonReport.Text(comparison));
        AtomicFile.Write(context.Workspace.ComparisonSummary, file => context.FileWriteText(file, string.Join('\n', ComparisonReport.Markdown(comparison)) + '\n'));
        ComparisonReport.Check(comparison, context.Options.AllowMissing);
    }
}
