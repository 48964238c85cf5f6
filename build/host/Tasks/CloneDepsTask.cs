using Cake.Frosting;
using SyscallBench.Build.Adapters;
using SyscallBench.Build.Terminal;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("CloneDeps")]
[TaskDescription("Clones Unikraft, its ELF loader and libelf at their pinned commits")]
[IsDependentOn(typeof(SetupTask))]
public sealed class CloneDepsTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => context.IsTarget("CloneDeps", "BuildElfloader") || context.Wants(PlatformCatalog.Unikraft.Name);

    public override Task RunAsync(BenchContext context) =>
        context.AttemptAsync([PlatformCatalog.Unikraft.Name], ["CloneDeps", "BuildElfloader"], () => CloneAsync(context));

    private static async Task CloneAsync(BenchContext context)
    {
        using var progress = new CloneProgress(context);
        var dependencies = new DependencyClones(context.Workspace, new CakeGitClient(context)) { OnBytes = (_, bytes) => progress.Report(bytes) };
        var clones = await dependencies.RunAsync(context.Options.Mirror, (pin, address) => progress.Start(pin, address, dependencies.Repositories), context.Cancellation);
        foreach (var clone in clones)
        {
            context.Say($"{clone.Pin.Repository} is at its pin {clone.Pin.ShortCommit}{(clone.Cloned ? ", cloned" : string.Empty)}");
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
