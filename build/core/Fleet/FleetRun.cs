using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Fleet;

/// <summary>An array job that was submitted.</summary>
/// <param name="Job">Slurm's number.</param>
/// <param name="Tasks">By the task's number.</param>
/// <param name="Folder">Where Slurm's own logs are, and which machine took which task.</param>
public sealed record FleetJob(string Job, IReadOnlyList<ArrayTask> Tasks, string Folder);

/// <summary>Measures many machines: what the checkout has built is booted on each by tools/fleet/measure, under Slurm.</summary>
/// <param name="workspace">The checkout, on a disk that all machines see.</param>
/// <param name="slurm">The cluster.</param>
public sealed class FleetRun(Workspace workspace, Slurm slurm)
{
    /// <summary>Where each machine's results come to.</summary>
    public static string ResultsOf(Workspace workspace) => Path.Combine(workspace.Results, "fleet");

    /// <param name="tasks">One for each machine.</param>
    /// <param name="partition">Null for the cluster's default.</param>
    /// <param name="options">Options of Run, as typed.</param>
    /// <param name="images">Absolute paths of what is booted; each machine checks their hashes.</param>
    /// <param name="cancellation">Ends it; nothing stays in the queue.</param>
    public async Task<FleetJob> SubmitAsync(
        IReadOnlyList<ArrayTask> tasks, string? partition, IReadOnlyList<string> options, IEnumerable<string> images, CancellationToken cancellation)
    {
        var folder = Path.Combine(workspace.Evaluation, "fleet", "jobs", DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        AtomicFile.Write(Path.Combine(workspace.Images, "SHA256SUMS"), string.Concat(images.Select(Line)));
        AtomicFile.Write(Path.Combine(folder, "tasks.txt"), string.Concat(tasks.Select(task => task.Name + "\n")));
        foreach (var machine in Machines(tasks).Where(machine => !machine.HasResults))
            machine.Write("it was asked for, and has not started yet");

        var environment = new Dictionary<string, string?>
        {
            ["FLEET_CHECKOUT"] = workspace.Root,
            ["FLEET_OPTIONS"] = string.Join('\n', options),
            ["FLEET_DOTNET"] = Environment.ProcessPath,
            ["FLEET_PROGRAM"] = Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll"),
            ["FLEET_JOB"] = folder,
        };
        var job = await slurm.SubmitAsync(Path.Combine(workspace.Tools, "fleet", "measure"), tasks, partition, folder, environment, cancellation);
        return new FleetJob(job, tasks, folder);

        string Line(string path) => $"{Sha256.OfFile(path)}  {Path.GetRelativePath(workspace.Images, path)}\n";
    }

    /// <summary>Waits until Slurm has done with the job.</summary>
    /// <param name="job">What was submitted.</param>
    /// <param name="show">Told every few seconds how far it is.</param>
    /// <param name="cancellation">Ends the waiting; the job goes on.</param>
    /// <returns>The tasks that brought no results, and why: empty when all is well.</returns>
    public async Task<IReadOnlyList<(string Task, string Reason)>> WaitAsync(FleetJob job, Action<string> show, CancellationToken cancellation)
    {
        while (await slurm.StatesAsync(job.Job, cancellation) is { Count: > 0 } states)
        {
            var running = states.Where(state => state.Value is "RUNNING" or "COMPLETING").Select(state => job.Tasks[state.Key].Name).Order(StringComparer.Ordinal).ToList();
            show(string.Create(
                CultureInfo.InvariantCulture,
                $"{job.Tasks.Count - states.Count} of {job.Tasks.Count} machines done, {running.Count} running{(running.Count is > 0 and < 4 ? $" ({string.Join(", ", running)})" : "")}, {states.Count - running.Count} waiting"));
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        }

        return [.. job.Tasks.Select((task, index) => (task.Name, Reason: WhyMissing(job, index))).Where(task => task.Reason is not null).Select(task => (task.Name, task.Reason!))];
    }

    private string? WhyMissing(FleetJob job, int index)
    {
        // Whoever took the task wrote its name first of all.
        var taken = Path.Combine(job.Folder, string.Create(CultureInfo.InvariantCulture, $"{index}.machine"));
        if (!File.Exists(taken))
            return "no machine ever started it";
        var machine = new MachineFolder(Path.Combine(ResultsOf(workspace), File.ReadAllText(taken).Trim()));
        return machine.Reason ?? (machine.HasResults ? null : $"it ended without a word; see {job.Folder}/slurm-{index}.log");
    }

    private IEnumerable<MachineFolder> Machines(IReadOnlyList<ArrayTask> tasks) =>
        tasks.Where(task => !task.IsFeature).Select(task => new MachineFolder(Path.Combine(ResultsOf(workspace), task.Name)));
}
