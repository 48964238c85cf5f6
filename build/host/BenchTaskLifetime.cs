using Cake.Core;
using Cake.Frosting;
using SyscallBench.Build.Events;

namespace SyscallBench.Build;

/// <summary>Logs how each task ended, and starts no further one once the user has interrupted.</summary>
public sealed class BenchTaskLifetime : FrostingTaskLifetime<BenchContext>
{
    public override void Setup(BenchContext context, ITaskSetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
    }

    public override void Teardown(BenchContext context, ITaskTeardownContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        var seconds = info.Duration.TotalSeconds;
        context.Events.Add(
            info.Skipped ? new TaskSkipped(info.Task.Name)
            : info.ThrownException is { } failure ? new TaskFailed(info.Task.Name, seconds, failure.GetBaseException().Message)
            : new TaskFinished(info.Task.Name, seconds));
    }
}
