using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>Docker or Podman, beside running a container: what both clients take on their command lines.</summary>
/// <param name="name"><c>docker</c> or <c>podman</c>; the client program's name too.</param>
public class ContainerEngine(string name, IProcessRunner processes)
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pull = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _build = TimeSpan.FromMinutes(15);

    public string Name => name;

    /// <summary>Why it cannot be used, and the command that mends that; null when it answers. Comes back within seconds.</summary>
    public async Task<string?> WhyUnusableAsync(CancellationToken cancellation) =>
        await AskAsync(["version"], _soon, cancellation) is { Done: false } answer ? WhyUnusable(answer.Lines) : null;

    /// <summary>Digest of an image, <c>sha256:…</c>; null when it is not there.</summary>
    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellation)
    {
        var answer = await AskAsync(["image", "inspect", "--format", "{{.Id}}", image], _soon, cancellation);
        return answer is not { Done: true, Lines: [var id, ..] } ? null : id.StartsWith("sha256:", StringComparison.Ordinal) ? id : "sha256:" + id;
    }

    /// <summary>Gets an image from its registry.</summary>
    /// <returns>False when it cannot be had.</returns>
    public async Task<bool> PullAsync(string image, CancellationToken cancellation) => (await AskAsync(["pull", "--quiet", image], _pull, cancellation)).Done;

    /// <summary>Makes an image of a root file system in a tar file.</summary>
    /// <exception cref="UserError">The engine refused.</exception>
    public async Task ImportAsync(string tarFile, string image, CancellationToken cancellation) =>
        (await AskAsync(["import", tarFile, image], _pull, cancellation)).Require($"importing {image} with {name}");

    /// <summary>Builds the Dockerfile of a folder.</summary>
    /// <param name="arguments">Values for its <c>ARG</c>s, <c>NAME=value</c>.</param>
    /// <exception cref="UserError">A command of it failed.</exception>
    public async Task BuildAsync(string folder, IReadOnlyList<string> arguments, string image, CancellationToken cancellation) =>
        (await BuildAsync(folder, arguments, image, _build, cancellation)).Require($"building {image} with {name}");

    /// <summary>Ends and removes a container at once, if it is there.</summary>
    public async Task KillAsync(string container)
    {
        // Removing alone would have Podman wait for a program that ignores SIGTERM; killing alone leaves one that was not started yet.
        await AskAsync(["kill", container], _soon, CancellationToken.None);
        await AskAsync(["rm", "--force", container], _soon, CancellationToken.None);
    }

    /// <summary>Runs the client to its end, or to the deadline.</summary>
    /// <param name="arguments">The command and its options, one each.</param>
    protected virtual async Task<EngineAnswer> AskAsync(IReadOnlyList<string> arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new List<string>();
        try
        {
            var result = (await processes.RunAsync(new ProcessRequest(name, arguments) { Deadline = deadline, OnLine = lines.Add }, cancellation)).InTime();
            return new EngineAnswer(result.ExitCode == 0, lines);
        }
        catch (UserError error)
        {
            return new EngineAnswer(Done: false, [error.Message]);
        }
    }

    protected virtual Task<EngineAnswer> BuildAsync(
        string folder, IReadOnlyList<string> arguments, string image, TimeSpan deadline, CancellationToken cancellation) =>
        AskAsync(["build", .. arguments.SelectMany(argument => new[] { "--build-arg", argument }), "--tag", image, folder], deadline, cancellation);

    private string WhyUnusable(IReadOnlyCollection<string> lines)
    {
        var text = string.Join('\n', lines);
        if (text.Contains("no such program", StringComparison.Ordinal) || text.Contains("locate executable", StringComparison.Ordinal))
            return $"{name} is not installed; run: sudo apt-get install -y {(name is "docker" ? "docker.io" : name)}";
        if (text.Contains("permission denied", StringComparison.OrdinalIgnoreCase))
            return $"{name} may not be used by you; run: sudo usermod -aG {name} \"$USER\", and log in again";
        return name is "docker"
            ? "docker's daemon does not answer; run: sudo systemctl start docker (or, without a service manager: sudo dockerd &)"
            : $"{name} does not answer: {ProcessResult.CauseIn(lines)}; try: {name} info";
    }
}

/// <summary>What came of a command of the client.</summary>
/// <param name="Done">It ended in time, with exit code 0.</param>
/// <param name="Lines">What it printed, or why it did not run or end.</param>
public sealed record EngineAnswer(bool Done, IReadOnlyList<string> Lines)
{
    /// <exception cref="UserError">It was not done.</exception>
    public void Require(string what)
    {
        if (!Done)
            throw new UserError($"{what} failed: {ProcessResult.CauseIn(Lines)}");
    }
}
