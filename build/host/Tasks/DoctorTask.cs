using SyscallBench.Build.Boots;
using SyscallBench.Doctor;
using SyscallBench.Machine;

namespace SyscallBench.Build.Tasks;

[TaskName("Doctor")]
[TaskDescription("Says whether this machine is fit to measure, and what to do about what is not")]
public sealed class DoctorTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var uses = context.Options.Toolchain is "docker" or "podman" ? PackageUse.Boot : PackageUse.Boot | PackageUse.Compile;
        var request = DoctorRequest.Of(context.Workspace, context.Services.Processes, uses) with { Kvm = BootRequest.Probe(context) };
        var report = DoctorExam.Judge(await MachineState.ReadAsync(new SystemFiles(), request, context.Cancellation));
        context.Print(context.Options.Json ? [DoctorJson.Of(report)] : DoctorText.Lines(report));
        report.RequireFitness(context.Options.Accelerator);
    }
}
