using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>What we need of Docker or Podman beside running a container.</summary>
public interface IContainerEngine
{
    /// <summary><c>docker</c> or <c>podman</c>; the client program's name too.</summary>
    string Name { get; }

    /// <summary>Why it cannot be used, and the command that mends that; null when it answers. Comes back within seconds.</summary>
    Task<string?> WhyUnusableAsync(CancellationToken cancellation);

    /// <summary>Digest of an image, <c>sha256:…</c>; null when it is not there.</summary>
    Task<string?> ImageIdAsync(string image, CancellationToken cancellation);

    /// <summary>Gets an image from its registry.</summary>
    /// <returns>False when it cannot be had.</returns>
    Task<bool> PullAsync(string image, CancellationToken cancellation);

    /// <summary>Makes an image of a root file system in a tar file.</summary>
    /// <exception cref="UserError">The engine refused.</exception>
    Task ImportAsync(string tarFile, string image, CancellationToken cancellation);

    /// <summary>Builds the Dockerfile of a folder.</summary>
    /// <param name="arguments">Values for its <c>ARG</c>s.</param>
    /// <exception cref="UserError">A command of it failed.</exception>
    Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation);

    /// <summary>Ends and removes a container at once, if it is there.</summary>
    Task KillAsync(string container);
}

/// <summary>An engine by its client's command line, which Docker and Podman share.</summary>
/// <param name="name"><c>docker</c> or <c>podman</c>.</param>
public class CommandLineEngine(string name, IProcessRunner processes) : IContainerEngine
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pull = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _build = TimeSpan.FromMinutes(15);

    public string Name => name;

    public async Task<string?> WhyUnusableAsync(CancellationToken cancellation)
    {
        var answer = await AskAsync(["version"], _soon, cancellation);
        return answer.Done ? null : EngineRemedy.For(name, answer.Lines);
    }

    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellation)
    {
        var answer = await AskAsync(["image", "inspect", "--format", "{{.Id}}", image], _soon, cancellation);
        return answer is not { Done: true, Lines: [var id, ..] } ? null : id.StartsWith("sha256:", StringComparison.Ordinal) ? id : "sha256:" + id;
    }

    public async Task<bool> PullAsync(string image, CancellationToken cancellation) => (await AskAsync(["pull", "--quiet", image], _pull, cancellation)).Done;

    public async Task ImportAsync(string tarFile, string image, CancellationToken cancellation) =>
        (await AskAsync(["import", tarFile, image], _pull, cancellation)).Require($"importing {image} with {name}");

    public async Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation) =>
        (await BuildAsync(folder, [.. arguments.Select(argument => $"{argument.Key}={argument.Value}")], image, _build, cancellation)).Require($"building {image} with {name}");

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

    /// <inheritdoc cref="BuildAsync(string, IReadOnlyDictionary{string, string}, string, CancellationToken)"/>
    protected virtual Task<EngineAnswer> BuildAsync(string folder, string[] arguments, string image, TimeSpan deadline, CancellationToken cancellation) =>
        AskAsync(["build", .. arguments.SelectMany(argument => new[] { "--build-arg", argument }), "--tag", image, folder], deadline, cancellation);
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

/// <summary>Turns what an engine's client prints into what is wrong and how to mend it.</summary>
public static class EngineRemedy
{
    /// <param name="engine"><c>docker</c> or <c>podman</c>.</param>
    /// <param name="lines">What the client printed, or why it could not be started.</param>
    public static string For(string engine, IReadOnlyCollection<string> lines)
    {
        var text = string.Join('\n', lines);
        if (text.Contains("no such program", StringComparison.Ordinal) || text.Contains("locate executable", StringComparison.Ordinal))
            return $"{engine} is not installed; run: sudo apt-get install -y {(engine is "docker" ? "docker.io" : engine)}";
        if (text.Contains("permission denied", StringComparison.OrdinalIgnoreCase))
            return $"{engine} may not be used by you; run: sudo usermod -aG {engine} \"$USER\", and log in again";
        return engine is "docker"
            ? "docker's daemon does not answer; run: sudo systemctl start docker (or, without a service manager: sudo dockerd &)"
            : $"{engine} does not answer: {ProcessResult.CauseIn(lines)}; try: {engine} info";
    }
}
