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

/// <summary>Known by the name of its class.</summary>
[IsDependeeOf(typeof(LateTask))]
public sealed class Early : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("early");
}

[TaskName("Late")]
public sealed class LateTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("late");
}

[TaskName("Failing")]
[IsDependentOn(typeof(FirstTask))]
public sealed class FailingTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => throw new InvalidOperationException("broken");

    public override void Finally(JournalContext context) => context.Note("finally");
}

[TaskName("AfterFailing")]
[IsDependentOn(typeof(FailingTask))]
public sealed class AfterFailingTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("after");
}

[TaskName("Tolerated")]
[ContinueOnError]
public sealed class ToleratedTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => throw new InvalidOperationException("tolerated");
}

[TaskName("AfterTolerated")]
[IsDependentOn(typeof(ToleratedTask))]
public sealed class AfterToleratedTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => context.Note("after");
}

[TaskName("Swallowing")]
public sealed class SwallowingTask : FrostingTask<JournalContext>
{
    public override void Run(JournalContext context) => throw new InvalidOperationException("swallowed");

    public override void OnError(Exception exception, JournalContext context) => context.Note($"error({exception.Message})");
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
