namespace SyscallBench.Build.Tests.Hosting;

// Tasks that do what tasks do wrong. The engine takes them from this assembly because it is the one that was started.
[TaskName("Fine")]
public sealed class FineTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Say("fine {0}");
}

[TaskName("UserError")]
[IsDependentOn(typeof(FineTask))]
public sealed class UserErrorTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => throw new UserError("no such kernel: /tmp/{x}");
}

[TaskName("Zulu")]
[IsDependentOn(typeof(FineTask))]
public sealed class ZuluTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Say("zulu");
}

[TaskName("Alpha")]
[IsDependentOn(typeof(FineTask))]
public sealed class AlphaTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Say("alpha");
}

[TaskName("Commit")]
public sealed class CommitTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Print(context.Commit ?? "none");
}

[TaskName("LateUsageError")]
public sealed class LateUsageErrorTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        await Task.Yield();
        throw new UsageError("no such baseline");
    }
}

[TaskName("Bug")]
public sealed class BugTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => throw new InvalidOperationException("oops");
}

[TaskName("Noticing")]
public sealed class NoticingTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        context.Findings.Add(new(Severity.Info, "machine", "is small"));
        context.Findings.Add(new(Severity.Error, "linux boot 2", "was rejected", "run Doctor"));
    }
}

[TaskName("Patient")]
public sealed class PatientTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
}

[TaskName("AfterPatient")]
[IsDependentOn(typeof(PatientTask))]
public sealed class AfterPatientTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Say("too late");
}

[TaskName("Unwanted")]
public sealed class UnwantedTask : FrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => false;
}

[TaskName("LongAndWrong")]
public sealed class LongAndWrongTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        using var progress = context.Progress("compiling");
        progress.Report(1, 4);
        throw new UserError("does not compile");
    }
}

[TaskName("LongAndChatty")]
public sealed class LongAndChattyTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        using var progress = context.Progress("compiling");
        progress.Report(1, 4);
        context.Say("a warning");
    }
}

[TaskName("AfterUnwanted")]
[IsDependentOn(typeof(UnwantedTask))]
public sealed class AfterUnwantedTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context) => context.Say("unwanted was skipped");
}
