using SyscallBench.Builds;
using SyscallBench.Platforms;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("BuildKernel")]
[TaskDescription("Builds Linux with the noop system call 500")]
[IsDependentOn(typeof(SetupTask))]
public sealed class BuildKernelTask : AsyncFrostingTask<BenchContext>
{
    private static readonly IReadOnlyList<string> _platforms = new PlatformCatalog().Using(Image.Kernel);

    public override bool ShouldRun(BenchContext context) => context.IsTarget("BuildKernel", "Verify") || (context.IsTarget("Mitigations") && !context.Platforms.OfType<StockPlatform>().Any()) || _platforms.Any(context.Wants);

    public override async Task RunAsync(BenchContext context)
    {
        foreach (var kernel in context.Kernels)
            await context.AttemptAsync([kernel.Title], ["BuildKernel", "Verify"], () => BuildAsync(context, kernel));
    }

    private static async Task BuildAsync(BenchContext context, KernelChoice kernel)
    {
        var step = await StepAsync(context, kernel);
        new CurrentKernel(context.Options.BuildOf(kernel), step.Step, step.MainOutput).Save(context.Workspace);
        context.Say(step, kernel.Title);
        if (step.Facts.TryGetValue("not granted", out var options))
            context.Findings.Add(new Finding(Severity.Warning, kernel.Title, $"its configuration did not grant {options}", "see linux/README.md for what these options cost"));
        if (step.Facts.TryGetValue(KernelBuild.ExtraFact, out var extra))
            context.Findings.Add(new Finding(Severity.Warning, kernel.Title, $"it is built with {extra}: not the distribution's configuration", "leave --kernel-fragment out, or see with --target=Verify what it changes"));
    }

    private static async Task<StepResult> StepAsync(BenchContext context, KernelChoice choice)
    {
        var fragment = context.Options.KernelFragment;
        if (choice.Kind == KernelKind.Image && fragment is not null)
            throw new UsageError("--kernel-fragment configures a kernel that is built, and --kernel names one that is built already");
        if (choice.Kind == KernelKind.Image)
            return await new KernelImageCopy(context.Workspace, choice).RunAsync(context.Cancellation);

        var source = await SourceAsync(context, choice);
        using var progress = context.Progress($"compiling {choice.Title}, files");
        return await new KernelBuild(context.Workspace, await context.ToolchainAsync(), source)
        {
            Jobs = context.Options.Jobs ?? Environment.ProcessorCount,
            ExtraFragment = fragment,
            OnProgress = progress.Report,
        }.RunAsync(context.Cancellation);
    }

    private static async Task<KernelSource> SourceAsync(BenchContext context, KernelChoice choice)
    {
        using var progress = context.Progress($"downloading {choice.Title}");
        return await context.Services.KernelSources(context, progress.ReportBytes).GetAsync(choice, context.Say, context.Cancellation);
    }
}
