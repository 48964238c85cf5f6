using SyscallBench.Processes;

namespace SyscallBench.Tests.Fixtures;

/// <summary>Answers as programs would, and keeps what was asked.</summary>
internal sealed class FakeProcesses : IProcessRunner
{
    private readonly List<(string Start, int ExitCode, string[] Lines)> _answers = [];

    /// <summary>Program and arguments of each run, joined by spaces.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>How a program ended that printed these lines.</summary>
    public static Task<ProcessResult> Ended(ProcessRequest request, int exitCode, params IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            request.OnLine?.Invoke(line);
        return Task.FromResult(new ProcessResult { Program = request.Program, ExitCode = exitCode, OutputTail = lines });
    }

    /// <summary>Runs whose command line contains the text; the last answer that fits is given, an unknown command succeeds silently.</summary>
    public FakeProcesses Answer(string text, int exitCode, params string[] lines)
    {
        _answers.Add((text, exitCode, lines));
        return this;
    }

    public Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var line = $"{request.Program} {string.Join(' ', request.Arguments)}";
        Runs.Add(line);
        var (_, exitCode, lines) = _answers.LastOrDefault(answer => line.Contains(answer.Start, StringComparison.Ordinal));
        return Ended(request, exitCode, lines ?? []);
    }
}
