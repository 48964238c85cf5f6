using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Consoles;
using SyscallBench.Explain;
using SyscallBench.Ladder;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Build.Tasks;

[TaskName("Mitigations")]
[TaskDescription("Switches mitigations off one after another, in both orders, and says what each adds to a system call")]
[IsDependentOn(typeof(FetchKernelsTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class MitigationsTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var (on, off) = Ends(context);
        // Its boots, samples and results are apart from those of a run.
        var workspace = context.Workspace.Beside("mitigations");
        var run = await BootAsync(context, workspace, [on, off]);
        var console = Path.Combine(workspace.RawEvaluation, run.Platforms[0].Boots[0].Log);
        var ladder = new MitigationLadder(on, off, ConsoleReader.Read(console, console, 0).States, context.Options.Switches);
        await BootAsync(context, workspace, ladder.Platforms);

        new ConsoleParsing(workspace).Run(context.Cancellation);
        var table = new LadderTable(ladder);
        var processing = new ResultsProcessing(workspace, BootRequest.Provenance(context))
        {
            Exporters = [Exporter.Lines("mitigations.txt", report => table.Lines(report.Document, report.Explanation)), .. Exporter.Pictures(LadderPlot.Of(ladder)), Exporter.Json],
        };
        var (_, document, explanation) = processing.Run(context.Cancellation);
        if (document.Unit == Unit.Instructions)
        {
            await ExplainAsync(context, workspace, ladder.Priced(document));
            (_, document, explanation) = processing.Run(context.Cancellation);
        }

        context.Print(table.Lines(document, explanation));
        context.Say($"table and plot are in {Path.GetRelativePath(context.Workspace.Root, workspace.Results)}");
    }

    private static async Task ExplainAsync(BenchContext context, Workspace workspace, IReadOnlyList<GuestPlatform> platforms)
    {
        using var progress = context.Progress("tracing a call, platforms");
        var kernel = context.Kernels[0].Name;
        var explainer = new Explainer(workspace, context.Services.Processes, BootRequest.Images(context).For(kernel), context.Options.Cpu ?? Accelerator.Tcg.DefaultCpu())
        {
            Kernel = kernel,
            // Processing holds the paths against what was measured.
            Holds = false,
            OnProgress = (done, total) => progress.Report(done, total),
        };
        var outcome = await explainer.RunAsync(platforms, context.Cancellation);
        Explainer.Keep(workspace, outcome.Explanation);
        context.Findings.AddRange(outcome.Failures);
    }

    private static async Task<RunRecord> BootAsync(BenchContext context, Workspace workspace, IReadOnlyList<Platform> platforms)
    {
        using var progress = new BootProgress(context);
        var options = BootRequest.Options(context.Options, context.Kernels) with { Platforms = platforms, Required = [.. platforms.Select(platform => platform.Name)], RunsOfCounts = 1 };
        var run = await BootRequest.Session(context, options, workspace, (_, _) => Task.FromResult<IReadOnlyList<Finding>>([]), progress).RunAsync(context.Cancellation);
        return run.Failure is { } failure ? throw new UserError(failure) : run;
    }

    // The kernel built here, unless one of the distribution's was asked for.
    private static (LinuxPlatform On, LinuxPlatform Off) Ends(BenchContext context)
    {
        var releases = context.Platforms.OfType<StockPlatform>().Select(platform => platform.Release).Distinct().ToList();
        if (context.Options.Cpus is { Count: > 1 } cpus)
            throw new UsageError($"Mitigations takes one CPU model: --cpu names {string.Join(" and ", cpus)}");
        if (releases.Count > 1)
            throw new UsageError($"Mitigations takes one kernel: --stock names {string.Join(" and ", releases)}");
        return releases.Count == 0
            ? (PlatformCatalog.Linux, PlatformCatalog.LinuxWithoutMitigations)
            : (new StockPlatform(releases[0], Mitigations.On), new StockPlatform(releases[0], Mitigations.Off));
    }
}
