using System.Collections.Concurrent;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

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
    /// <exception cref="UserError">QEMU is not there.</exception>
    public async Task<BootRun> RunAsync(
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
        var conversation = pinning is null ? Task.FromResult<Seen>(new(null)) : ConverseAsync(qemu.QmpSocket!, child, pinning, stopped, ended.Token);
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
        await guard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new BootRun([command.Program, .. command.ToArguments()], process, Qemu.Error(process.ErrorTail) ?? seen.Error)
        {
            Stopped = stopped.Task.IsCompleted,
            Pinning = seen.Pinning,
            Facts = seen.Facts ?? new BootFacts(),
        };
    }

    private static async Task EndWhenStoppedAsync(ChildProcess child, Task stopped, CancellationToken ended)
    {
        await stopped.WaitAsync(ended).ConfigureAwait(false);
        await Task.Delay(_lastWords, ended).ConfigureAwait(false);
        child.Kill();
    }

    /// <summary>Pins, lets the guest run, and watches it until QEMU has ended.</summary>
    private async Task<Seen> ConverseAsync(string socket, ChildProcess child, Pinning pinning, TaskCompletionSource stopped, CancellationToken ended)
    {
        try
        {
            using var qmp = await QmpClient.ConnectAsync(socket, ended).ConfigureAwait(false);
            var vcpu = await qmp.QueryVcpuAsync(ended).ConfigureAwait(false);
            var failure = pinning.Apply(child.Pid, vcpu);
            using var watch = new VcpuWatch(files, vcpu);
            await qmp.ExecuteAsync("cont", ended).ConfigureAwait(false);
            var state = await qmp.WaitForStopAsync(ended).ConfigureAwait(false);
            if (state is not null)
                stopped.TrySetResult();
            return new(failure is null ? pinning : Pinning.None(failure), watch.Facts(), state is null ? null : $"QEMU stopped the guest: {state}");
        }
        catch (QmpError broken) when (!ended.IsCancellationRequested)
        {
            // A guest that was never told to run would wait for its deadline.
            child.Kill();
            return new(Pinning.None(broken.Message), Error: broken.Message);
        }
        catch (Exception over) when (over is QmpError or OperationCanceledException)
        {
            return new(Pinning.None("QEMU ended before its guest ran"));
        }
    }

    private sealed record Seen(Pinning? Pinning, BootFacts? Facts = null, string? Error = null);
}
