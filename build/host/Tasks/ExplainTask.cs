using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Explain;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("Explain")]
[TaskDescription("Shows where the instructions of one system call go; --diff shows what two platforms have different")]
[IsDependentOn(typeof(BuildElfloaderTask))]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class ExplainTask : AsyncFrostingTask<BenchContext>
{
    /// <summary>In an All only where instructions were counted.</summary>
    public override bool ShouldRun(BenchContext context) =>
        context.IsTarget("Explain") || RunRecord.Find(context.Workspace.RawEvaluation) is { Unit: Unit.Instructions };

    public override async Task RunAsync(BenchContext context)
    {
        if (context.CommandLine.ComparesFiles)
        {
            context.Print(ExplanationText.Diff(context.Options.Diff![0], context.Options.Diff[1]));
            return;
        }

        var outcome = await ExplainAsync(context);
        if (outcome.Failures.Count == 0)
            context.Say("explain.json", outcome.Step);
        if (!context.IsTarget("Explain"))
        {
            // Whatever could not be explained was measured all the same.
            context.Findings.AddRange(outcome.Failures);
            return;
        }

        if (context.Options.Diff is [var a, var b])
            context.Print(outcome.Failures.Count > 0 ? [] : ExplanationText.Diff(ExplanationDiff.Of(a, outcome.Explanation.Find(a)!, b, outcome.Explanation.Find(b)!)));
        else
            context.Print([.. outcome.Explanation.Paths.SelectMany(path => ExplanationText.Summary(outcome.Explanation, path).Append("")), ExplanationText.Sentence(outcome.Explanation) ?? "", "every instruction is in results/explain.txt"]);
        if (outcome.Failures.Count > 0)
            throw new UserError(string.Join("; ", outcome.Failures.Select(failure => $"{failure.Subject}: {failure.Seen}")));
    }

    // What boots none of the kernels is explained with the first.
    private static async Task<ExplainOutcome> ExplainAsync(BenchContext context)
    {
        var (images, wanted) = (BootRequest.Images(context), Wanted(context));
        var done = new List<ExplainOutcome>();
        foreach (var cpu in context.Options.Cpus ?? [Accelerator.Tcg.DefaultCpu()])
        foreach (var kernel in context.Kernels)
            done.Add(await ExplainAsync(context, kernel, cpu, images.For(kernel.Name), [.. wanted.Where(platform => kernel == context.Kernels[0] || platform.Images.Contains(Image.Kernel))]));
        var outcome = new ExplainOutcome(
            new Explanation { Paths = [.. done.SelectMany(each => each.Explanation.Paths)] },
            [.. done.SelectMany(each => each.Failures)],
            done.Select(each => each.Step).FirstOrDefault(step => !step.UpToDate) ?? done[0].Step);
        if (context.Options.Diff is null || !context.IsTarget("Explain"))
            Explainer.Keep(context.Workspace, outcome.Explanation);
        return outcome;
    }

    private static async Task<ExplainOutcome> ExplainAsync(BenchContext context, KernelChoice kernel, string cpu, ImageSet images, IReadOnlyList<GuestPlatform> wanted)
    {
        var platforms = wanted.Where(platform => IsThere(context, images, platform)).ToList();
        using var progress = context.Progress($"tracing a call{(context.Kernels.Count > 1 ? $", {kernel.Title}" : "")}{(context.Options.Cpus is { Count: > 1 } ? $", {cpu}" : "")}, platforms");
        var explainer = new Explainer(context.Workspace, context.Services.Processes, images, cpu)
        {
            Kernel = kernel.Name,
            // In an All, results.json is about to be written, and Process holds the paths against it.
            Holds = context.IsTarget("Explain"),
            Measured = context.IsTarget("Explain") && File.Exists(context.Workspace.ResultsFile) ? ResultsFile.Read(context.Workspace.ResultsFile) : null,
            OnProgress = (done, total) => progress.Report(done, total),
        };
        return await explainer.RunAsync(platforms, context.Cancellation);
    }

    private static bool IsThere(BenchContext context, ImageSet images, GuestPlatform platform)
    {
        if (platform.Images.Append(Image.Benchmark).Select(images.WhyMissing).FirstOrDefault(why => why is not null) is not { } missing)
            return true;
        if (!context.IsTarget("Explain"))
            return false;
        if (context.Options.Platforms is not null || context.Options.Diff is not null || context.Options.Strict)
            throw new UserError($"{platform.Name} cannot be explained: {missing}");
        context.Findings.Add(new Finding(Severity.Warning, platform.Name, $"not explained: {missing}"));
        return false;
    }

    /// <summary>The guests that were asked for, or that an All boots.</summary>
    /// <exception cref="UsageError">Only the host was.</exception>
    internal static IReadOnlyList<GuestPlatform> Wanted(BenchContext context)
    {
        var names = (context.IsTarget("Explain") ? context.Options.Diff : null) ?? context.Options.Platforms;
        var guests = (context.Options with { Platforms = names }).Selected.OfType<GuestPlatform>().ToList();
        return names is null || guests.Count > 0 || !context.IsTarget("Explain") ? guests : throw new UsageError("--platforms=host: Explain needs a guest: the host's own kernel cannot be stepped through");
    }
}
