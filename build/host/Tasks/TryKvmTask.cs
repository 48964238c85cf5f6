using SyscallBench.Build.Boots;

namespace SyscallBench.Build.Tasks;

[TaskName("TryKvm")]
[TaskDescription("With --accel=kvm, boots the floor under it: a KVM that runs no guest is told before the kernel is built")]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildBenchmarkTask))]
public sealed class TryKvmTask : AsyncFrostingTask<BenchContext>
{
    public override bool ShouldRun(BenchContext context) => context.Options.Accelerator == "kvm";

    public override async Task RunAsync(BenchContext context)
    {
        using var progress = new BootProgress(context);
        context.Say((await BootRequest.Session(context, progress).ChooseAsync(context.Cancellation)).Reason);
    }
}
