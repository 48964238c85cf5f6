using Cake.Frosting;
using SyscallBench.Doctor;
using SyscallBench.Machine;

namespace SyscallBench.Build.Tasks;

[TaskName("Doctor")]
[TaskDescription("Says whether this machine is fit to measure, and what to do about what is not")]
public sealed class DoctorTask : AsyncFrostingTask<BenchContext>
{
    private const long Mebibyte = 1024 * 1024;

    public override async Task RunAsync(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var report = await new DoctorExam(DoctorChecks.All).RunAsync(new SystemFiles(), Request(context), context.Cancellation);
        foreach (var line in context.Options.Json ? [DoctorJson.Serialize(report)] : DoctorText.Lines(report))
            context.Print(line);
        report.RequireFitness(context.Options.Accelerator);
    }

    // What a kernel's source, its objects and everything else take, with some room.
    private static DoctorRequest Request(BenchContext context) => new()
    {
        Folders =
        [
            new FolderNeed(context.Paths.Artifacts, 6144 * Mebibyte),
            new FolderNeed(context.Paths.Eval, 256 * Mebibyte),
            new FolderNeed(context.Paths.Results, 64 * Mebibyte),
        ],
    };
}
