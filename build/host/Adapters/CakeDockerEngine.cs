using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.Docker;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;
using SyscallBench.Model;
using SyscallBench.Processes;
using IProcessRunner = Cake.Core.IO.IProcessRunner;

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
        var (done, lines) = await CustomAsync($"import \"{Escaped(tarFile)}\" {image}", _pull, cancellation);
        Require(done, $"importing {image}", lines);
    }

    public async Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation)
    {
        var settings = new DockerImageBuildSettings { BuildArg = [.. arguments.Select(argument => Escaped($"{argument.Key}={argument.Value}"))], Tag = [image] };
        var (done, lines) = await RunAsync(settings, cake => cake.DockerBuild(settings, Escaped(folder)), _build, cancellation);
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
        return RunAsync(settings, cake => cake.DockerCustomCommand(settings, command), deadline, cancellation);
    }

    // Cake puts quotes around an argument and leaves those within as they are; nothing of ours ends with a backslash.
    private static string Escaped(string argument) => argument.Replace("\\\"", "\\\\\"", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // What the client prints is for the error message, not for the console.
    private async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(
        ToolSettings settings, Action<ICakeContext> alias, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new List<string>();
        // Not ToolTimeout: Cake.Docker makes an option of it, and Cake then does not wait for the last lines.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(deadline);
        using var client = new EndableClient(context, end.Token);
        settings.SetupProcessSettings = process =>
        {
            process.RedirectStandardOutput = true;
            process.RedirectedStandardOutputHandler = Keep;
            process.RedirectStandardError = true;
            process.RedirectedStandardErrorHandler = Keep;
        };
        try
        {
            await Task.Run(() => alias(client), cancellation).WaitAsync(client.Abandoned);
            return (true, lines);
        }
        catch (Exception error) when (error is CakeException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            if (end.IsCancellationRequested)
                return (false, [$"it did not end within {ProgressLine.DurationText(deadline)}"]);
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

    /// <summary>A context whose process can be ended: Cake's aliases take no cancellation.</summary>
    private sealed class EndableClient(ICakeContext context, CancellationToken end) : CakeContextAdapter(context), IProcessRunner, IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();
        private CancellationTokenRegistration _killing;

        public override IProcessRunner ProcessRunner => this;

        /// <summary>Cancelled where it is ended and a child of its own still holds its pipes, for which Cake would wait.</summary>
        public CancellationToken Abandoned => _abandoned.Token;

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            var process = base.ProcessRunner.Start(filePath, settings);
            _killing = end.Register(() =>
            {
                _abandoned.CancelAfter(_soon);
                Task.Run(process.Kill);
            });
            return process;
        }

        public void Dispose()
        {
            _killing.Dispose();
            _abandoned.Dispose();
        }
    }
}
