using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>
/// Runs one guest to its end. QEMU starts with the guest paused, its threads are pinned through QMP, and only then does the guest run: no guest
/// instruction is
/// executed anywhere else. While it runs, what the scheduler does to the vCPU's thread is watched.
/// </summary>
public sealed class QemuRunner(ProcessRunner processes, SystemFiles files)
{
    /// <param name="command">The guest. Its <see cref="QemuCommand.QmpSocket"/> and <see cref="QemuCommand.StartPaused"/> are set here.</param>
    /// <param name="pinning">Where the vCPU runs, or <see cref="Pinning.NotNeeded"/>.</param>
    /// <param name="workingDirectory">Folder that the command's relative paths start from.</param>
    /// <param name="deadline">After this QEMU is ended.</param>
    /// <param name="cancellation">Ends QEMU.</param>
    /// <exception cref="UserError">QEMU is not there.</exception>
    public async Task<QemuExit> RunAsync(
        QemuCommand command, Pinning? pinning, string? workingDirectory, TimeSpan deadline, CancellationToken cancellation)
    {
        if (pinning is null)
        {
            var result = await processes.RunAsync(Request(command), cancellation).ConfigureAwait(false);
            return new QemuExit(result, "vCPU not pinned", new Dictionary<string, string>());
        }

        using var sockets = new SocketFolder();
        var paused = command with { QmpSocket = sockets.Path("qmp"), StartPaused = true };
        var child = await processes.StartAsync(Request(paused), cancellation).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var conversation = ConverseAsync(paused.QmpSocket, child, pinning, ended.Token);
        var process = await EndOf(child, ended).ConfigureAwait(false);
        var (sentence, facts) = await conversation.ConfigureAwait(false);
        return new QemuExit(process, sentence, facts);

        ProcessRequest Request(QemuCommand qemu) => new()
        {
            Program = qemu.Program,
            Arguments = qemu.ToArguments(),
            WorkingDirectory = workingDirectory,
            Deadline = deadline,
            Remedy = QemuVersion.Remedy,
        };
    }

    private static async Task<ProcessResult> EndOf(ChildProcess child, CancellationTokenSource ended)
    {
        try
        {
            return await child.Completion.ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Pins, lets the guest run, and watches it until QEMU has ended.</summary>
    private async Task<(string Sentence, IReadOnlyDictionary<string, string> Facts)> ConverseAsync(
        string socket, ChildProcess child, Pinning pinning, CancellationToken ended)
    {
        try
        {
            using var qmp = await QmpClient.ConnectAsync(socket, ended).ConfigureAwait(false);
            var vcpus = await qmp.QueryCpusAsync(ended).ConfigureAwait(false);
            var failure = ThreadPinner.Apply(pinning, child.Pid, vcpus);
            var watch = new VcpuWatch(files, child.Pid, vcpus[0].Thread);
            await qmp.ContinueAsync(ended).ConfigureAwait(false);
            await watch.RunAsync(ended).ConfigureAwait(false);
            return (failure ?? pinning.Sentence, watch.Facts());
        }
        catch (QmpError broken) when (!ended.IsCancellationRequested)
        {
            // A guest that was never told to run would wait for its deadline.
            child.Kill();
            return ($"vCPU not pinned: {broken.Message}", new Dictionary<string, string>());
        }
        catch (Exception over) when (over is QmpError or OperationCanceledException)
        {
            return ("vCPU not pinned: QEMU ended before its guest ran", new Dictionary<string, string>());
        }
    }
}
