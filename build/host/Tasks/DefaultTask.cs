using SyscallBench.Build.Hosting;

namespace SyscallBench.Build.Tasks;

[TaskName("Default")]
[TaskDescription("Lists every target with its options")]
public sealed class DefaultTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) =>
        context.Print(Listing.Lines(context.Tasks));
}
