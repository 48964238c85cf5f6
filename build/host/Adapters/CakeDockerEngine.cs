using Cake.Core;
using Cake.Core.Tooling;
using Cake.Docker;
using SyscallBench.Builds;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Build.Adapters;

/// <summary>
/// Docker by Cake.Docker's aliases. Build commands themselves are not started through it: Cake's wrapper can neither follow a container's
/// output without keeping a core busy nor be cancelled.
/// </summary>
public sealed class CakeDockerEngine(ICakeContext context) : IContainerEngine
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pull = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _build = TimeSpan.FromMinutes(15);

    public string Name => "docker";

    public async Task<string?> WhyUnusableAsync(CancellationToken cancellation)
    {
        var (done, lines) = await CustomAsync("version", _soon, cancellation);
        return done ? null : EngineRemedy.For(Name, lines);
    }

    public async Task<string?> ImageIdAsync(string image, CancellationToken cancellation)
    {
        var (done, lines) = await CustomAsync($"image inspect --format {{{{.Id}}}} {image}", _soon, cancellation);
        return done ? lines.FirstOrDefault() : null;
    }

    public async Task<bool> PullAsync(string image, CancellationToken cancellation) =>
        (await CustomAsync($"pull --quiet {image}", _pull, cancellation)).Done;

    public async Task ImportAsync(string tarFile, string image, CancellationToken cancellation)
    {
        var (done, lines) = await CustomAsync($"import \"{tarFile}\" {image}", _pull, cancellation);
        Require(done, $"importing {image}", lines);
    }

    public async Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation)
    {
        var settings = new DockerImageBuildSettings { BuildArg = [.. arguments.Select(argument => $"{argument.Key}={argument.Value}")], Tag = [image] };
        var (done, lines) = await RunAsync(settings, () => context.DockerBuild(settings, folder), _build, cancellation);
        Require(done, $"building {image}", lines);
    }

    public Task KillAsync(string container) => CustomAsync($"rm --force {container}", _soon, CancellationToken.None);

    private static void Require(bool done, string what, IReadOnlyCollection<string> lines)
    {
        if (!done)
            throw new UserError($"{what} with docker failed: {ProcessResult.CauseIn(lines)}");
    }

    private Task<(bool Done, IReadOnlyList<string> Lines)> CustomAsync(string command, TimeSpan deadline, CancellationToken cancellation)
    {
        var settings = new DockerCustomCommandSettings();
        return RunAsync(settings, () => context.DockerCustomCommand(settings, command), deadline, cancellation);
    }

    // What the client prints is for the error message, not for the console.
    private static async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(
        ToolSettings settings, Action alias, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new List<string>();
        settings.SetupProcessSettings = process =>
        {
            // Not before: Cake.Docker makes an option of every property that is set, inherited ones too, and has made them by now.
            settings.ToolTimeout = deadline;
            process.RedirectStandardOutput = true;
            process.RedirectedStandardOutputHandler = Keep;
            process.RedirectStandardError = true;
            process.RedirectedStandardErrorHandler = Keep;
        };
        try
        {
            await Task.Run(alias, cancellation).WaitAsync(cancellation);
            return (true, lines);
        }
        catch (Exception error) when (error is CakeException or TimeoutException)
        {
            lock (lines)
                return (false, lines is [] ? [error.Message] : [.. lines]);
        }

        string Keep(string line)
        {
            lock (lines)
            {
                if (line is not null)
                    lines.Add(line);
            }

            return line!;
        }
    }
}
