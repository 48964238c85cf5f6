using Cake.Frosting;
using SyscallBench.Build.Adapters;
using SyscallBench.Findings;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("CloneDeps")]
[TaskDescription("Clones Unikraft, its ELF loader and libelf at their pinned commits")]
[IsDependentOn(typeof(SetupTask))]
public sealed class CloneDepsTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => context.IsTarget("CloneDeps", "BuildElfloader") || context.Wants("unikraft");

    public override Task RunAsync(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.AttemptAsync(["unikraft"], ["CloneDeps", "BuildElfloader"], () => CloneAsync(context));
    }

    private static async Task CloneAsync(BenchContext context)
    {
        using var progress = context.Progress("cloning");
        var dependencies = new DependencyClones(context.Workspace, new CakeGitClient(context));
        var clones = await dependencies.RunAsync(
            context.Options.Mirror,
            (pin, address) =>
            {
                context.Say($"cloning {pin.Repository} from {address}");
                var (number, all) = (dependencies.Repositories.Index().First(each => each.Item == pin).Index, dependencies.Repositories.Count);
                progress.Show(number, all, left: null, FormattableString.Invariant($"cloning {pin.Repository}, {number + 1} of {all}"));
            },
            context.Cancellation);
        foreach (var clone in clones)
        {
            context.Say($"{clone.Pin.Repository} is at its pin {clone.Pin.ShortCommit}{(clone.Cloned ? ", cloned" : string.Empty)}");
            if (clone.LocallyChanged)
                context.Findings.Add(new Finding(Severity.Warning, clone.Pin.Repository, $"{clone.Folder} has local changes", "remove the folder to measure the pinned sources"));
        }
    }
}
