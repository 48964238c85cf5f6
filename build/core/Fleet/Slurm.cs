using SyscallBench.Processes;

namespace SyscallBench.Fleet;

/// <summary>One task of an array job: a node by name, or whatever node has a feature.</summary>
public sealed record ArrayTask(string Name, bool IsFeature);

/// <summary>Slurm's commands, as much of them as a fleet needs.</summary>
public sealed class Slurm(IProcessRunner processes)
{
    // A controller that does not answer is asked again by the commands themselves, for about this long.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    /// <summary>What is asked for, held against what the cluster has.</summary>
    /// <param name="nodes">Slurm's list of nodes, <c>a,n[1-3]</c>; null for none.</param>
    /// <param name="partition">Alone, all its nodes; else where the others have to be. Null for the cluster's default.</param>
    /// <exception cref="UserError">No Slurm, or no such node, feature or partition: one line that names those that are there.</exception>
    public async Task<IReadOnlyList<ArrayTask>> TasksAsync(string? nodes, IReadOnlyList<string>? features, string? partition, CancellationToken cancellation)
    {
        if (nodes is not null && features is not null)
            throw new UsageError("--nodes and --constraint: give one of them; a feature stands for whatever node has it");
        var there = (await AskAsync("sinfo", ["--noheader", "--Node", "--format=%N %R %f"], cancellation))
            .Select(line => line.Split(' ', 3))
            .Where(fields => fields.Length == 3)
            .Select(fields => (Node: fields[0], Partition: fields[1], Features: fields[2].Split(',')))
            .ToList();
        if (partition is not null && there.All(node => node.Partition != partition))
            throw Unknown("partition", partition, there.Select(node => node.Partition));
        var within = there.Where(node => partition is null || node.Partition == partition).ToList();

        var known = within.SelectMany(node => features is null ? [node.Node] : node.Features).Distinct().ToList();
        var wanted = features ?? (nodes is null ? known : await AskAsync("scontrol", ["show", "hostnames", nodes], cancellation));
        if (wanted.Count == 0)
            throw new UsageError($"--nodes={nodes}: no nodes, as in a,n[1-3]");
        return wanted.Except(known).FirstOrDefault() is { } unknown
            ? throw Unknown(features is null ? "nodes" : "constraint", unknown, known, partition)
            : [.. wanted.Distinct().Select(name => new ArrayTask(name, IsFeature: features is not null))];
    }

    /// <summary>
    /// Submits one array job, a task for each entry, and lets it go only when every task is bound to its node or feature. Cancelled, it leaves nothing behind in the queue.
    /// </summary>
    /// <param name="logs">Folder of <c>slurm-&lt;task&gt;.log</c>.</param>
    /// <param name="submitted">Told the job's number before any of it can start.</param>
    /// <returns>The job's number; a task's is its place in the list.</returns>
    public async Task<string> SubmitAsync(
        string script, IReadOnlyList<ArrayTask> tasks, string? partition, string logs, IReadOnlyDictionary<string, string?> environment, Action<string> submitted,
        CancellationToken cancellation)
    {
        string[] arguments =
        [
            "--parsable",
            "--export=ALL",
            "--hold",
            $"--array=0-{tasks.Count - 1}",
            // Slurm replaces %a; a percent sign of the path would be one of its own.
            $"--output={logs.Replace("%", "%%", StringComparison.Ordinal)}/slurm-%a.log",
            .. partition is null ? (string[])[] : [$"--partition={partition}"],
            script,
        ];
        // With --parsable the job's number, and behind a semicolon the cluster's name; a site's plugin may say more.
        var job = (await AskAsync("sbatch", arguments, cancellation, environment)).Last(line => line.Length > 0 && char.IsAsciiDigit(line[0])).Split(';')[0];
        try
        {
            foreach (var (index, task) in tasks.Index())
                await AskAsync("scontrol", ["update", $"JobId={job}_{index}", $"{(task.IsFeature ? "Features" : "ReqNodeList")}={task.Name}"], cancellation);

            submitted(job);
            await AskAsync("scontrol", ["release", job], cancellation);
            return job;
        }
        catch
        {
            await AskAsync("scancel", [job], CancellationToken.None);
            throw;
        }
    }

    /// <summary>The tasks that Slurm still has, by their numbers, and why in Slurm's words one does not run; none once the job is over.</summary>
    public async Task<IReadOnlyDictionary<int, (bool IsRunning, string Reason)>> StatesAsync(string job, CancellationToken cancellation)
    {
        // Asked by the job's number, Slurm has an error for one that it has forgotten.
        var lines = await AskAsync("squeue", ["--noheader", "--me", "--array", "--format=%F %K %T %r"], cancellation);
        return lines.Select(line => line.Split(' ', 4))
            .Where(fields => fields.Length == 4 && fields[0] == job)
            .ToDictionary(fields => int.Parse(fields[1], CultureInfo.InvariantCulture), fields => (fields[2] is "RUNNING" or "COMPLETING", SafeText.Escape(fields[3], 60)));
    }

    private static UserError Unknown(string option, string name, IEnumerable<string> there, string? partition = null) => new(
        $"--{option}: {(partition is null ? "the cluster" : $"partition {SafeText.Escape(partition)}")} has no {SafeText.Escape(name)}; it has {string.Join(", ", there.Where(each => each != "(null)").Distinct().DefaultIfEmpty("none"))}");

    private async Task<IReadOnlyList<string>> AskAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string?>? environment = null)
    {
        if (ProgramFinder.Find(program) is null)
            throw new UserError($"no {program} here: run this on a machine of a Slurm cluster that may submit jobs, or run tools/fleet/measure on each machine yourself");
        var lines = new List<string>();
        var request = new ProcessRequest(program, arguments) { Deadline = _patience, OnLine = lines.Add, Environment = environment ?? new Dictionary<string, string?>() };
        var result = (await processes.RunAsync(request, cancellation)).InTime();
        return result.Succeeded ? lines : throw new UserError(SafeText.Escape(result.Describe()));
    }
}
