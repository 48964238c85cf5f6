using Cake.Core;
using Cake.Frosting;

namespace SyscallBench.Build;

/// <summary>Starts no further task once the user has interrupted.</summary>
public sealed class BenchTaskLifetime : FrostingTaskLifetime<BenchContext>
{
    public override void Setup(BenchContext context, ITaskSetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
    }

    public override void Teardown(BenchContext context, ITaskTeardownContext info)
    {
    }
}
