using System.Collections.Concurrent;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>How one QEMU ended, and what was seen of it while it ran.</summary>
/// <param name="Process">Exit code and duration.</param>
/// <param name="Error">Why QEMU gave up, in its own words; null where it said nothing of the kind.</param>
/// <param name="Stopped">QEMU stopped the guest, which could not go on, and was ended for it.</param>
public sealed record QemuExit(ProcessResult Process, string? Error, bool Stopped)
{
    /// <summary>Where the vCPU ran; null where it did not matter.</summary>
    public Pinning? Pinning { get; init; }

    /// <summary>What was seen from the outside.</summary>
    public BootFacts Facts { get; init; } = new();

    /// <summary>What ended QEMU before its guest was done, which explains whatever the console lacks; null where it ended by itself.</summary>
    public string? WhyEnded => Explain(Process, Error, Stopped);

    /// <summary>The same of any program that makes a boot.</summary>
    internal static string? Explain(ProcessResult process, string? error, bool stopped)
    {
        var words = error is null ? "" : $": {error}";
        return stopped ? $"the guest could not go on{words}"
            : process.TimedOut ? process.Describe()
            : Signals.OfExitCode(process.ExitCode) is { } signal ? $"{process.Program} was ended by {signal}{words}"
            : null;
    }
}

/// <summary>
/// Runs one guest to its end. Where it is to be pinned or watched, QEMU starts with the guest paused, its threads are pinned through QMP, and only
/// then does the guest run: no guest instruction is executed anywhere else.
/// </summary>
public sealed class QemuRunner(ProcessRunner processes, SystemFiles files)
{
    // QEMU prints its registers after the line that says why.
    private static readonly TimeSpan _lastWords = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<string, Task<bool>> _sandboxes = new(StringComparer.Ordinal);

    /// <param name="command">The guest. Its socket, pause and sandbox are set here.</param>
    /// <param name="pinning">Where the vCPU runs; null leaves QEMU alone, without QMP.</param>
    /// <param name="workingDirectory">Folder that the command's relative paths start from.</param>
    /// <param name="deadline">After this QEMU is ended.</param>
    /// <param name="cancellation">Ends QEMU.</param>
    /// <exception cref="UserError">QEMU is not there.</exception>
    public async Task<QemuExit> RunAsync(
        QemuCommand command, Pinning? pinning, string? workingDirectory, TimeSpan deadline, CancellationToken cancellation)
    {
        var sandbox = await _sandboxes.GetOrAdd(command.Program, program => Qemu.HasSandboxAsync(processes, program, cancellation)).ConfigureAwait(false);
        using var sockets = pinning is null ? null : new SocketFolder();
        var qemu = command with { Sandbox = sandbox, QmpSocket = sockets?.Path("qmp"), StartPaused = sockets is not null };
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new ProcessRequest(qemu.Program, qemu.ToArguments())
        {
            WorkingDirectory = workingDirectory,
            Deadline = deadline,
            Remedy = Qemu.Remedy,
            OnLine = line =>
            {
                if (line.Contains(Qemu.KvmInternalError, StringComparison.Ordinal))
                    stopped.TrySetResult();
            },
        };
        var child = await processes.StartAsync(request, cancellation).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var guard = EndWhenStoppedAsync(child, stopped.Task, ended.Token);
        var conversation = pinning is null
            ? Task.FromResult(new Seen(null, new BootFacts()))
            : ConverseAsync(qemu.QmpSocket!, child, pinning, stopped, ended.Token);
        ProcessResult process;
        try
        {
            process = await child.Completion.ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }

        var seen = await conversation.ConfigureAwait(false);
        var wasStopped = await guard.ConfigureAwait(false);
        var said = Qemu.Error(process.ErrorTail);
        return new QemuExit(process, said ?? seen.Error, wasStopped) { Pinning = seen.Pinning, Facts = seen.Facts };
    }

    /// <returns>Whether the guest was stopped.</returns>
    private static async Task<bool> EndWhenStoppedAsync(ChildProcess child, Task stopped, CancellationToken ended)
    {
        try
        {
            await stopped.WaitAsync(ended).ConfigureAwait(false);
            await Task.Delay(_lastWords, ended).ConfigureAwait(false);
            child.Kill();
        }
        catch (OperationCanceledException)
        {
            // QEMU ended by itself.
        }

        return stopped.IsCompleted;
    }

    /// <summary>Pins, lets the guest run, and watches it until QEMU has ended.</summary>
    private async Task<Seen> ConverseAsync(string socket, ChildProcess child, Pinning pinning, TaskCompletionSource stopped, CancellationToken ended)
    {
        try
        {
            using var qmp = await QmpClient.ConnectAsync(socket, ended).ConfigureAwait(false);
            var vcpus = await qmp.QueryCpusAsync(ended).ConfigureAwait(false);
            var failure = pinning.Apply(child.Pid, vcpus);
            using var watch = new VcpuWatch(files, vcpus[0].Thread);
            await qmp.ExecuteAsync("cont", ended).ConfigureAwait(false);
            var state = await qmp.WaitForStopAsync(ended).ConfigureAwait(false);
            if (state is not null)
                stopped.TrySetResult();
            return new Seen(failure is null ? pinning : Pinning.None(failure), watch.Facts()) { Error = state is null ? null : $"QEMU stopped the guest: {state}" };
        }
        catch (QmpError broken) when (!ended.IsCancellationRequested)
        {
            // A guest that was never told to run would wait for its deadline.
            child.Kill();
            return new Seen(Pinning.None(broken.Message), new BootFacts()) { Error = broken.Message };
        }
        catch (Exception over) when (over is QmpError or OperationCanceledException)
        {
            return new Seen(Pinning.None("QEMU ended before its guest ran"), new BootFacts());
        }
    }

    private sealed record Seen(Pinning? Pinning, BootFacts Facts)
    {
        public string? Error { get; init; }
    }
}
