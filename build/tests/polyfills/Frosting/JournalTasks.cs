using Cake.Frosting;

namespace SyscallBench.Polyfills.Tests.Frosting;

[TaskName("First")]
[TaskDescription("Comes before everything")]
public sealed class FirstTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("first");
}

[TaskName("Second")]
[IsDependentOn(typeof(FirstTask))]
public sealed class SecondTask : AsyncFrostingTask<JournalContext>
{
    public override async Task RunAsync(JournalContext context)
    {
        await Task.Yield();
        context.Note("second");
    }
}

[TaskName("Third")]
[IsDependentOn(typeof(FirstTask))]
[IsDependentOn(typeof(SecondTask))]
public sealed class ThirdTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("third");
}

[TaskName("Everything")]
[IsDependentOn(typeof(ThirdTask))]
public sealed class EverythingTask : FrostingTask<JournalContext>;

[TaskName("Failing")]
[IsDependentOn(typeof(FirstTask))]
public sealed class FailingTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => throw new InvalidOperationException("broken");
}

[TaskName("AfterFailing")]
[IsDependentOn(typeof(FailingTask))]
public sealed class AfterFailingTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("after");
}

[TaskName("Skipped")]
public sealed class SkippedTask : FrostingTask<JournalContext>
{
    public override bool ShouldRun(JournalContext context) => false;

    public override void Run(JournalContext context) => context.Note("skipped");
}

[TaskName("AfterSkipped")]
[IsDependentOn(typeof(SkippedTask))]
public sealed class AfterSkippedTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("after");
}

[TaskName("Internal")]
internal sealed class InternalTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("internal");
}

[TaskName("Place")]
public sealed class PlaceTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note(context.Environment.WorkingDirectory.FullPath);
}
