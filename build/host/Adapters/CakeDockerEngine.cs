using System.Collections.Concurrent;
using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.Docker;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;

namespace SyscallBench.Build.Adapters;

/// <summary>
/// Docker by Cake.Docker's aliases. Build commands themselves are not started through it: Cake's wrapper can neither follow a container's
/// output without keeping a core busy nor be cancelled.
/// </summary>
public sealed class CakeDockerEngine(ICakeContext context, Processes.IProcessRunner processes) : ContainerEngine("docker", processes)
{
    // How long a client that was told to end may keep its pipes open.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    protected override Task<EngineAnswer> AskAsync(IReadOnlyList<string> arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        var settings = new DockerCustomCommandSettings();
        var command = string.Join(' ', arguments.Select(argument => argument.AsSpan().IndexOfAny(' ', '"') < 0 ? argument : $"\"{Escaped(argument)}\""));
        return RunAsync(settings, cake => cake.DockerCustomCommand(settings, command), deadline, cancellation);
    }

    protected override Task<EngineAnswer> BuildAsync(
        string folder, IReadOnlyList<string> arguments, string image, TimeSpan deadline, CancellationToken cancellation)
    {
        var settings = new DockerImageBuildSettings { BuildArg = [.. arguments.Select(Escaped)], Tag = [image] };
        return RunAsync(settings, cake => cake.DockerBuild(settings, Escaped(folder)), deadline, cancellation);
    }

    // Cake puts quotes around an argument and leaves those within as they are; nothing of ours ends with a backslash.
    private static string Escaped(string argument) => argument.Replace("\\\"", "\\\\\"", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // What the client prints is for the error message, not for the console.
    private async Task<EngineAnswer> RunAsync(ToolSettings settings, Action<ICakeContext> alias, TimeSpan deadline, CancellationToken cancellation)
    {
        var lines = new ConcurrentQueue<string>();
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
            return new EngineAnswer(Done: true, [.. lines]);
        }
        catch (Exception error) when (error is CakeException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new EngineAnswer(
                Done: false,
                end.IsCancellationRequested ? [$"it did not end within {ProgressLine.DurationText(deadline)}"] : lines.IsEmpty ? [error.Message] : [.. lines]);
        }

        string Keep(string? line)
        {
            if (line is not null)
                lines.Enqueue(line);
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
                _abandoned.CancelAfter(_patience);
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
