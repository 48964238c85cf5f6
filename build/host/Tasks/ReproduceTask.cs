using SyscallBench.Build.Adapters;
using SyscallBench.Builds;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tasks;

[TaskName("Reproduce")]
[TaskDescription("Builds every artefact twice, in different places, and compares them byte by byte")]
[IsDependentOn(typeof(CloneDepsTask))]
public sealed class ReproduceTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var kernel = await KernelAsync(context);
        var check = new ReproducibilityCheck(context.Workspace, await context.ToolchainAsync(), new CakeGitClient(context), kernel, context.Say);
        var files = await check.RunAsync(context.Cancellation);

        context.Print(files.Select(Line));
        var leaks = files.Where(file => !file.IsSame).Select(file => file.File).ToList();
        if (leaks.Count > 0)
            throw new UserError($"two builds differ in {string.Join(", ", leaks)}: a time, a path or a number of jobs gets into them");
    }

    private static async Task<KernelSource?> KernelAsync(BenchContext context) => context.Kernels[0] is { Kind: not KernelKind.Image } choice
        ? await context.Services.KernelSources(context).GetAsync(choice, context.Say, context.Cancellation)
        : null;

    private static string Line(ComparedFile file) => file.IsSame
        ? $"same     {file.First}  {file.Step}/{file.File}"
        : FormattableString.Invariant($"differs  {file.First} {file.Second} from byte {file.DiffersAt}  {file.Step}/{file.File}");
}
