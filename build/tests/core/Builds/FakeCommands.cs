using SyscallBench.Processes;

namespace SyscallBench.Tests.Builds;

/// <summary>Answers as programs would, and keeps what was asked.</summary>
internal sealed class FakeCommands : ICommandRunner
{
    private readonly List<(string Start, int ExitCode, string[] Lines)> _answers = [];

    /// <summary>Program and arguments of each run, joined by spaces.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>Runs whose command line contains the text; the last answer that fits is given, an unknown command succeeds silently.</summary>
    public FakeCommands Answer(string text, int exitCode, params string[] lines)
    {
        _answers.Add((text, exitCode, lines));
        return this;
    }

    public Task<int> RunAsync(Command command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var line = $"{command.Program} {string.Join(' ', command.Arguments)}";
        Runs.Add(line);
        var (_, exitCode, lines) = _answers.LastOrDefault(answer => line.Contains(answer.Start, StringComparison.Ordinal));
        foreach (var output in lines ?? [])
            command.OnLine?.Invoke(output);
        return Task.FromResult(exitCode);
    }
}
