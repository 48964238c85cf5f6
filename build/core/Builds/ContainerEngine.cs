using SyscallBench.Model;
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
public sealed class CommandLineEngine(string name, IProcessRunner processes) : IContainerEngine
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pull = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _build = TimeSpan.FromMinutes(15);

    public string Name => name;

    public async Task<string?> WhyUnusableAsync(CancellationToken cancellation)
    {
        try
        {
            var (exitCode, lines) = await RunAsync(["version"], _soon, cancellation);
            return exitCode == 0 ? null : EngineRemedy.For(name, lines);
        }
        catch (UserError error)
        {
            return EngineRemedy.For(name, [error.Message]);
        }
    }

    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellation)
    {
        var (exitCode, lines) = await RunAsync(["image", "inspect", "--format", "{{.Id}}", image], _soon, cancellation);
        return exitCode != 0 ? null : lines[0].StartsWith("sha256:", StringComparison.Ordinal) ? lines[0] : "sha256:" + lines[0];
    }

    public async Task<bool> PullAsync(string image, CancellationToken cancellation)
    {
        try
        {
            return (await RunAsync(["pull", "--quiet", image], _pull, cancellation)).ExitCode == 0;
        }
        catch (UserError)
        {
            return false;
        }
    }

    public Task ImportAsync(string tarFile, string image, CancellationToken cancellation)
        => RequireAsync($"importing {image}", ["import", tarFile, image], _pull, cancellation);

    public Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation)
    {
        var values = arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" });
        return RequireAsync($"building {image}", ["build", .. values, "--tag", image, folder], _build, cancellation);
    }

    public async Task KillAsync(string container)
    {
        try
        {
            // Removing alone would have Podman wait for a program that ignores SIGTERM; killing alone leaves one that was not started yet.
            await RunAsync(["kill", container], _soon, CancellationToken.None);
            await RunAsync(["rm", "--force", container], _soon, CancellationToken.None);
        }
        catch (UserError)
        {
            // The engine itself is gone, and the container with it.
        }
    }

    private async Task RequireAsync(string what, string[] arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        var (exitCode, lines) = await RunAsync(arguments, deadline, cancellation);
        if (exitCode != 0)
            throw new UserError($"{what} with {name} failed: {ProcessResult.CauseIn(lines)}");
    }

    private async Task<(int ExitCode, List<string> Lines)> RunAsync(string[] arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var exitCode = (await processes.RunAsync(new ProcessRequest(name, arguments) { Deadline = deadline, OnLine = lines.Add }, cancellation)).InTime().ExitCode;
        return (exitCode, lines);
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
