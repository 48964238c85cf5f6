using SyscallBench.Machine;

namespace SyscallBench.Build.Tasks;

[TaskName("Tune")]
[TaskDescription("Shows the CPU's frequency control, pins the frequency, or puts back what was there")]
public sealed class TuneTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var script = new TuneScript(context.Services.Processes, Path.Combine(context.Workspace.Tools, "tune-cpu"));
        await script.RunAsync(context.Options.Tune, context.Options.Sysfs, line => context.Print(line), context.Cancellation);
    }
}
