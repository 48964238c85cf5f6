using SyscallBench.Build.Boots;
using SyscallBench.Build.Options;
using SyscallBench.Fleet;
using SyscallBench.Reports;

namespace SyscallBench.Build.Tasks;

[TaskName("Fleet")]
[TaskDescription("Measures the nodes of a Slurm cluster, each by itself, with what is built here; results/fleet/<machine>/")]
[IsDependentOn(typeof(BuildElfloaderTask))]
[IsDependentOn(typeof(BuildFloorTask))]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class FleetTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var fleet = new FleetRun(context.Workspace, new Slurm(context.Services.Processes));
        var machines = await MachinesAsync(context);
        var job = await fleet.SubmitAsync(machines, context.Options.Partition, RunOptions(context), BootRequest.Images(context).Paths.Values.Where(File.Exists), context.Cancellation);
        context.Say($"job {job.Job}: {Readable.Count(machines.Count, "machine")}");
        if (context.Options.Wait)
            await FinishAsync(context, fleet, job);
        else
            context.Print($"how far it is: squeue --jobs={job.Job}; to end it: scancel {job.Job}; the table, also of what is there so far: ./build.sh --target=Merge");
    }

    /// <summary>What was asked for, held against what the cluster has; before anything is built, too.</summary>
    internal static Task<IReadOnlyList<ArrayTask>> MachinesAsync(BenchContext context) =>
        new Slurm(context.Services.Processes).TasksAsync(context.Options.Nodes, context.Options.Constraint, context.Options.Partition, context.Cancellation);

    private static async Task FinishAsync(BenchContext context, FleetRun fleet, FleetJob job)
    {
        IReadOnlyList<(string Task, string Reason)> missing;
        // Nothing is written here meanwhile: others may merge what is there, or submit another fleet.
        context.Unlock();
        using (var progress = context.Progress("measuring"))
            missing = await fleet.WaitAsync(job, progress.Show, context.Cancellation);
        await context.LockAsync("Merge");
        if (missing.Count < job.Tasks.Count)
            MergeTask.Merge(context, [FleetRun.ResultsOf(context.Workspace)]);
        if (missing.Count > 0)
            throw new UserError($"{missing.Count} of {job.Tasks.Count} machines brought no results: {string.Join("; ", missing.Select(task => $"{task.Task}: {task.Reason}"))}");
    }

    /// <summary>What was typed for Run goes on to each machine; paths as absolute ones.</summary>
    private static IReadOnlyList<string> RunOptions(BenchContext context) =>
    [
        .. context.Options.GuestFiles.Count > 0 ? (string[])[$"--guest={string.Join(',', context.Options.GuestFiles)}"] : [],
        .. BenchSwitches.All
            .Where(option => option.Targets.Contains("Run") && option.Name is not ("work" or "guest") && context.CommandLine.Given.ContainsKey(option.Name))
            .Select(option => $"--{option.Name}={context.CommandLine.Given[option.Name]}"),
        .. context.CommandLine.Given.ContainsKey("kernel") ? (string[])[$"--kernel={string.Join(',', context.Options.Kernels)}"] : [],
        .. context.Options.KernelFragment is { } fragment ? (string[])[$"--kernel-fragment={fragment}"] : [],
    ];
}
