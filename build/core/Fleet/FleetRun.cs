using SyscallBench.Steps;

namespace SyscallBench.Fleet;

/// <summary>An array job that was submitted.</summary>
/// <param name="Folder">Where Slurm's own logs are, and how each task ended.</param>
public sealed record FleetJob(string Job, IReadOnlyList<ArrayTask> Tasks, string Folder);

/// <summary>Measures many machines: what the checkout has built is booted on each by tools/fleet/measure, under Slurm.</summary>
/// <param name="workspace">The checkout, on a disk that all machines see.</param>
public sealed class FleetRun(Workspace workspace, Slurm slurm)
{
    /// <summary>Where each machine's results come to.</summary>
    public static string ResultsOf(Workspace workspace) => Path.Combine(workspace.Results, "fleet");

    /// <param name="options">Options of Run, as typed.</param>
    /// <param name="images">Absolute paths of what is booted; each machine checks their hashes.</param>
    public async Task<FleetJob> SubmitAsync(
        IReadOnlyList<ArrayTask> tasks, string? partition, IReadOnlyList<string> options, IEnumerable<string> images, CancellationToken cancellation)
    {
        var folder = Path.Combine(workspace.Evaluation, "fleet", "jobs", DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        AtomicFile.Write(Path.Combine(folder, "SHA256SUMS"), string.Concat(images.Select(path => $"{Sha256.OfFile(path)}  {Path.GetRelativePath(workspace.Images, path)}\n")));
        AtomicFile.Write(Path.Combine(folder, "tasks.txt"), string.Concat(tasks.Select(task => task.Name + "\n")));

        var environment = new Dictionary<string, string?>
        {
            ["FLEET_CHECKOUT"] = workspace.Root,
            ["FLEET_OPTIONS"] = string.Join('\n', options),
            ["FLEET_DOTNET"] = Environment.ProcessPath,
            ["FLEET_PROGRAM"] = Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll"),
            ["FLEET_JOB"] = folder,
        };
        var job = await slurm.SubmitAsync(Path.Combine(workspace.Tools, "fleet", "measure"), tasks, partition, folder, environment, Announce, cancellation);
        return new FleetJob(job, tasks, folder);

        void Announce(string job)
        {
            foreach (var task in tasks.Where(task => !task.IsFeature))
                new MachineFolder(Path.Combine(ResultsOf(workspace), task.Name)).Write($"job {job} asked for it and has not started there, or was cancelled before");
        }
    }

    /// <summary>Waits until Slurm has done with the job, which goes on when the waiting is cancelled.</summary>
    /// <param name="show">Told every few seconds how far it is.</param>
    /// <returns>The tasks that brought no results, and why: empty when all is well.</returns>
    public async Task<IReadOnlyList<(string Task, string Reason)>> WaitAsync(FleetJob job, Action<string> show, CancellationToken cancellation)
    {
        while (await slurm.StatesAsync(job.Job, cancellation) is { Count: > 0 } states)
        {
            var running = states.Where(state => state.Value.IsRunning).Select(state => job.Tasks[state.Key].Name).Order(StringComparer.Ordinal).ToList();
            var why = string.Join(", ", states.Values.Where(state => !state.IsRunning).Select(state => state.Reason).Distinct());
            var named = running.Count is > 0 and < 4 ? $" ({string.Join(", ", running)})" : "";
            show($"{job.Tasks.Count - states.Count} of {job.Tasks.Count} machines done, {running.Count} running{named}, {states.Count - running.Count} waiting{(why.Length > 0 ? $" ({why})" : "")}");
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        }

        // Slurm's word that a task is over says nothing about results: tools/fleet/measure says last of all how it ended.
        return
        [
            .. from task in job.Tasks.Index()
               let said = MachineFolder.FirstLine(Path.Combine(job.Folder, $"{task.Index}.outcome")) ?? $"it did not start, or could write nothing; see {job.Folder}/slurm-{task.Index}.log where there is one"
               where said != "measured"
               select (task.Item.Name, said),
        ];
    }
}
