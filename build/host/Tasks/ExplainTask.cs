using Cake.Frosting;
using SyscallBench.Build.Boots;
using SyscallBench.Explain;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Explain")]
[TaskDescription("Shows where the instructions of one system call go; --diff shows what two platforms have different")]
[IsDependentOn(typeof(BuildElfloaderTask))]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class ExplainTask : AsyncFrostingTask<BenchContext>
{
    private const string Qemu = "qemu-system-x86_64";

    public override async Task RunAsync(BenchContext context)
    {
        if (context.Options.Diff is [var first, var second] && File.Exists(first) && File.Exists(second))
        {
            context.Print(Between(first, Explanation.Read(first), second, Explanation.Read(second)).SelectMany(ExplanationText.Diff));
            return;
        }

        var (explanation, failures) = await ExplainAsync(context, Wanted(context));
        explanation.Write(context.Workspace.ExplanationFile);
        AtomicFile.Write(Path.ChangeExtension(context.Workspace.ExplanationFile, ".txt"), string.Join('\n', ExplanationText.Full(explanation)) + '\n');
        if (failures.Count > 0 && context.Options.Diff is not null)
            throw new UserError(string.Join("; ", failures));
        context.Print(context.Options.Diff is [var a, var b]
            ? ExplanationText.Diff(ExplanationDiff.Of(a, explanation.Find(a)!, b, explanation.Find(b)!))
            : [.. explanation.Paths.SelectMany(path => ExplanationText.Summary(path).Append("")), ExplanationText.Sentence(explanation) ?? ""]);
        context.Say($"every instruction is in {Path.GetRelativePath(context.Workspace.Root, Path.ChangeExtension(context.Workspace.ExplanationFile, ".txt"))}");
        if (failures.Count > 0)
            throw new UserError(string.Join("; ", failures));
    }

    // What can be explained is kept, whatever becomes of the others.
    private static async Task<(Explanation Explanation, IReadOnlyList<string> Failures)> ExplainAsync(BenchContext context, IReadOnlyList<GuestPlatform> platforms)
    {
        var hasher = new StepLedger(context.Workspace).Hasher;
        var images = BootRequest.Images(context);
        var cpu = context.Options.Cpu ?? Accelerator.Tcg.DefaultCpu();
        var explainer = new Explainer(context.Services.Processes, images, hasher, cpu, Qemu)
        {
            Measured = File.Exists(context.Workspace.ResultsFile) ? ResultsFile.Read(context.Workspace.ResultsFile) : null,
        };
        var paths = new List<ExplainedPath>();
        var failures = new List<string>();
        using var progress = context.Progress("tracing a call, platforms");
        foreach (var platform in platforms)
        {
            progress.Report(paths.Count + failures.Count, platforms.Count);
            if (platform.Images.Append(Image.Benchmark).Select(images.WhyMissing).FirstOrDefault(why => why is not null) is { } missing)
                Skip(context, platform, missing);
            else if (await AttemptAsync(explainer, platform, failures, context.Cancellation) is { } path)
                paths.Add(path);
        }

        hasher.Save();
        return (new Explanation { Paths = paths }, failures);
    }

    private static async Task<ExplainedPath?> AttemptAsync(Explainer explainer, GuestPlatform platform, List<string> failures, CancellationToken cancellation)
    {
        try
        {
            return await explainer.ExplainAsync(platform, cancellation);
        }
        catch (UserError failure)
        {
            failures.Add(failure.Message);
            return null;
        }
    }

    private static void Skip(BenchContext context, GuestPlatform platform, string missing)
    {
        if (context.Options.Platforms is not null || context.Options.Diff is not null || context.Options.Strict)
            throw new UserError($"{platform.Name} cannot be explained: {missing}");
        context.Findings.Add(new Finding(Severity.Warning, platform.Name, $"not explained: {missing}"));
    }

    private static IReadOnlyList<GuestPlatform> Wanted(BenchContext context)
    {
        var names = context.Options.Diff ?? context.Options.Platforms;
        var guests = new PlatformCatalog().Select(names is null ? null : string.Join(',', names)).OfType<GuestPlatform>().ToList();
        return names is null || guests.Count > 0 ? guests : throw new UsageError("Explain needs a guest: the host's own kernel cannot be stepped through");
    }

    private static IEnumerable<ExplanationDiff> Between(string first, Explanation a, string second, Explanation b)
    {
        var both = a.Paths.Where(path => b.Find(path.Platform) is not null).ToList();
        return both.Count == 0
            ? throw new UserError($"{first} and {second} have no platform in common")
            : both.Select(path => ExplanationDiff.Of($"{path.Platform} of {first}", path, $"{path.Platform} of {second}", b.Find(path.Platform)!));
    }
}
