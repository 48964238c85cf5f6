using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>An engine by its client's command line, which Docker and Podman share.</summary>
public sealed class CommandLineEngine(string name, ICommandRunner commands) : IContainerEngine
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pull = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _build = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellation)
    {
        var (exitCode, lines) = await RunAsync(["image", "inspect", "--format", "{{.Id}}", image], _soon, cancellation);
        return exitCode != 0 ? null : lines[0].StartsWith("sha256:", StringComparison.Ordinal) ? lines[0] : "sha256:" + lines[0];
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public Task ImportAsync(string tarFile, string image, CancellationToken cancellation)
        => RequireAsync($"importing {image}", ["import", tarFile, image], _pull, cancellation);

    /// <inheritdoc/>
    public Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation)
    {
        var values = arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" });
        return RequireAsync($"building {image}", ["build", .. values, "--tag", image, folder], _build, cancellation);
    }

    /// <inheritdoc/>
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
            throw new UserError($"{what} with {name} failed: {EngineRemedy.Cause(lines)}");
    }

    private async Task<(int ExitCode, List<string> Lines)> RunAsync(string[] arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var exitCode = await commands.RunAsync(new Command(name, arguments) { Deadline = deadline, OnLine = lines.Add }, cancellation);
        return (exitCode, lines);
    }
}
