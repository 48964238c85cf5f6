using System.Diagnostics;

namespace SyscallBench.Processes;

/// <summary>A program that was started and is owned: it ends with its deadline, its cancellation or this process, whichever comes first.</summary>
public sealed class ChildProcess
{
    // Whoever still holds a pipe then is a daemon: what it writes is not waited for.
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(2);

    // How long the tree may take to end by itself, by SIGTERM, before it is killed.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ProcessRequest _request;
    private readonly ChildOutput _output;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ChildProcess(Process process, ProcessRequest request, ChildOutput output, Func<Task> ended, CancellationToken cancellation)
    {
        _process = process;
        _request = request;
        _output = output;
        Pid = process.Id;
        process.Exited += (_, _) => _exited.TrySetResult();
        process.EnableRaisingEvents = true;
        Completion = CompleteAsync(ended, cancellation);
    }

    /// <summary>Process id; the id of the program's session and process group, too.</summary>
    public int Pid { get; }

    /// <summary>How it ended. Cancelled when the start's token was; by then nothing of the tree is left.</summary>
    public Task<ProcessResult> Completion { get; }

    public IReadOnlyList<string> ErrorTail => _output.Error.Lines;

    /// <summary>Kills the whole tree at once; <see cref="Completion"/> then ends with the signal's exit code.</summary>
    public void Kill() => ProcessTree.Kill(Pid);

    private async Task<ProcessResult> CompleteAsync(Func<Task> ended, CancellationToken cancellation)
    {
        using var owned = _process;
        using var sink = _output;
        var pumps = _output.PumpAsync(_process.StandardOutput.BaseStream, _process.StandardError.BaseStream);
        bool timedOut;
        try
        {
            timedOut = await WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            // What the program left behind would be an orphan, and would keep the pipes open.
            ProcessTree.Kill(Pid);
            await ended().ConfigureAwait(false);
        }

        await Task.WhenAny(pumps, Task.Delay(_longestDrain, CancellationToken.None)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (pumps.IsCompleted)
            await pumps.ConfigureAwait(false);
        return new ProcessResult
        {
            Program = Path.GetFileName(_request.Program),
            ExitCode = _process.ExitCode,
            TimedOut = timedOut,
            Duration = Stopwatch.GetElapsedTime(_started),
            OutputTail = _output.Output.Lines,
            ErrorTail = _output.Error.Lines,
        };
    }

    private async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_request.Deadline is { } deadline)
            limit.CancelAfter(deadline);

        try
        {
            await _exited.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            var timedOut = !cancellation.IsCancellationRequested;
            ProcessTree.Terminate(Pid);
            await Task.WhenAny(_exited.Task, Task.Delay(_grace, CancellationToken.None)).ConfigureAwait(false);
            ProcessTree.Kill(Pid);
            await _exited.Task.ConfigureAwait(false);
            return timedOut;
        }
    }
}
