using SyscallBench.Build.Adapters;
using SyscallBench.Build.Terminal;
using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("CloneDeps")]
[TaskDescription("Clones Unikraft, its ELF loader and libelf at their pinned commits")]
[IsDependentOn(typeof(SetupTask))]
public sealed class CloneDepsTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => Wanted(context, "CloneDeps", "BuildElfloader").Count > 0;

    public override async Task RunAsync(BenchContext context)
    {
        foreach (var unikraft in Wanted(context, "CloneDeps", "BuildElfloader"))
            await context.AttemptAsync([unikraft.Name], ["CloneDeps", "BuildElfloader"], () => CloneAsync(context, unikraft.Pin.Repositories));
    }

    /// <summary>The versions of Unikraft that are measured or explained, of which nothing is missing; the paper's where one of these targets was asked for and none is measured.</summary>
    internal static IReadOnlyList<UnikraftPlatform> Wanted(BenchContext context, params string[] targets)
    {
        var measured = context.Platforms.Concat(context.IsTarget("Explain") ? ExplainTask.Wanted(context) : []).OfType<UnikraftPlatform>()
            .Where(platform => !context.Missing.ContainsKey(platform.Name)).DistinctBy(platform => platform.Name).ToList();
        return measured.Count == 0 && context.IsTarget(targets) ? [PlatformCatalog.Unikraft] : measured;
    }

    private static async Task CloneAsync(BenchContext context, IReadOnlyList<GitPin> repositories)
    {
        using var progress = new CloneProgress(context);
        var dependencies = new DependencyClones(context.Workspace, new CakeGitClient(context), repositories) { OnBytes = progress.Report };
        var clones = await dependencies.RunAsync(context.Options.Mirror, (pin, address) => progress.Start(pin, address, repositories), context.Cancellation);
        foreach (var clone in clones)
        {
            context.Say($"{clone.Pin.Folder} is at its pin {clone.Pin.Commit[..12]}{(clone.Cloned ? ", cloned" : string.Empty)}");
            if (clone.LocallyChanged)
                context.Findings.Add(new Finding(Severity.Warning, clone.Pin.Repository, $"{clone.Folder} has local changes", "remove the folder to measure the pinned sources"));
        }
    }

    // A line for each repository: its bytes and its time are its own.
    private sealed class CloneProgress(BenchContext context) : IDisposable
    {
        private ProgressLine? _line;

        public void Start(GitPin pin, string address, IReadOnlyList<GitPin> all)
        {
            Dispose();
            context.Say($"cloning {pin.Repository} from {address}");
            _line = context.Progress(FormattableString.Invariant($"cloning {pin.Repository}, {all.Index().First(each => each.Item == pin).Index + 1} of {all.Count}"));
            Report(0);
        }

        public void Report(long bytes) => _line?.ReportBytes(bytes, total: null);

        public void Dispose() => _line?.Dispose();
    }
}
