using System.Collections.Concurrent;
using System.Diagnostics;
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
    /// <param name="start">What to start.</param>
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
        {
            return StartNow(start);
        }

        var before = CpuAffinity.Get();
        if (CpuAffinity.TrySet(0, cpus) is { } failure)
        {
            throw new UserError($"{start.FileName}: cannot be pinned to CPU {string.Join(',', cpus)}: {failure}");
        }

        try
        {
            return StartNow(start);
        }
        finally
        {
            _ = CpuAffinity.TrySet(0, before);
        }
    }

    private static Process StartNow(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName}: no process was started");

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }

        _work.Dispose();
    }
}
