using Cake.Frosting;
using SyscallBench.Doctor;
using SyscallBench.Machine;

namespace SyscallBench.Build.Tasks;

[TaskName("Doctor")]
[TaskDescription("Says whether this machine is fit to measure, and what to do about what is not")]
public sealed class DoctorTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var files = new SystemFiles();
        var setup = new DoctorSetup(context.Workspace, context.Services.Processes, files)
        {
            GuestCpu = context.Options.Cpu,
            Uses = context.Options.Toolchain is "docker" or "podman" ? PackageUse.Boot : PackageUse.Boot | PackageUse.Compile,
        };
        var report = await new DoctorExam(DoctorExam.All).RunAsync(files, setup.Request(), context.Cancellation);
        context.Print(context.Options.Json ? [DoctorJson.Of(report)] : DoctorText.Lines(report));
        report.RequireFitness(context.Options.Accelerator);
    }
}
