using SyscallBench.Results;

namespace SyscallBench.Build.Tasks;

[TaskName("Parse")]
[TaskDescription("Reads the consoles into samples, eval/parsed/")]
[IsDependentOn(typeof(RunTask))]
public sealed class ParseTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        var step = new ConsoleParsing(context.Workspace).Run(context.Cancellation);
        context.Say("eval/parsed", step);
    }
}
