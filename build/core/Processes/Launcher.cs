using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>
/// Starts every program on one thread that lives as long as the launcher. The kernel sends a child its parent-death signal
/// (prctl(2), PR_SET_PDEATHSIG) when the <em>thread</em> that started it ends, so a thread of the pool must not start one.
/// </summary>
internal sealed class Launcher : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public Launcher()
    {
        new Thread(Work) { IsBackground = true, Name = "process launcher" }.Start();
    }

    /// <summary>Starts a program; an exception of the start is the task's.</summary>
    /// <param name="cpus">CPUs it may run on, inherited from this thread; empty for all of this process.</param>
    public Task<Process> StartAsync(ProcessStartInfo start, IReadOnlyList<int> cpus)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                started.SetResult(StartPinned(start, cpus));
            }
            catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or UserError or IOException or InvalidOperationException)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private static Process StartPinned(ProcessStartInfo start, IReadOnlyList<int> cpus)
    {
        if (cpus.Count == 0)
            return Process.Start(start)!;

        var before = CpuAffinity.Get();
        if (!CpuAffinity.TrySet(0, cpus, out var failure))
            throw new UserError($"{start.FileName}: cannot be pinned to CPU {string.Join(',', cpus)}: {failure}");

        try
        {
            return Process.Start(start)!;
        }
        finally
        {
            _ = CpuAffinity.TrySet(0, before, out _);
        }
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();

        _work.Dispose();
    }
}

/// <summary>
/// A shell that outlives this process for a moment, and only to clean up: it reads the sessions that are alive from a pipe, and when the pipe
/// ends because this process died, however it died, kills them. The parent-death signal reaches only direct children;
/// this reaches the compilers that make started, too.
/// </summary>
internal sealed class Watchdog(Launcher launcher) : IDisposable
{
    private const string Script =
        """
        groups=
        while read -r what group; do
            case $what in
            add) groups="$groups $group" ;;
            remove) kept=; for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done; groups=$kept ;;
            esac
        done
        for each in $groups; do kill -s KILL -- "-$each" 2>/dev/null; done
        """;

    private readonly SemaphoreSlim _gate = new(1);
    private Process? _shell;

    public Task AddAsync(int group) => SayAsync("add", group);

    public Task RemoveAsync(int group) => SayAsync("remove", group);

    public void Dispose()
    {
        _shell?.StandardInput.Dispose();
        _shell?.Dispose();
        _gate.Dispose();
    }

    private async Task SayAsync(string what, int group)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _shell ??= await launcher.StartAsync(StartInfo(), []).ConfigureAwait(false);
            await _shell.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {group}")).ConfigureAwait(false);
            await _shell.StandardInput.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Somebody ended the shell: from here on the parent-death signal alone guards.
        }
        finally
        {
            _gate.Release();
        }
    }

    // A session of its own, so that Ctrl+C at the terminal ends this process first and not the watchdog.
    private static ProcessStartInfo StartInfo() => new(ProgramFinder.Require("setsid", "install util-linux"), ["sh", "-c", Script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        WorkingDirectory = "/",
    };
}
