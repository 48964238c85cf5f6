using System.Diagnostics;

namespace SyscallBench.Processes;

/// <summary>
/// A shell that outlives this process for a moment, and only to clean up: it reads the sessions that are alive from a pipe, and when the pipe
/// ends because this process died, however it died, kills them.
/// </summary>
internal sealed class Watchdog : IDisposable
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
            // In a session of its own, so that Ctrl+C at the terminal ends this process first and not the watchdog.
            _shell ??= Process.Start(ProcessRunner.OwnSession(Script, [], "/"))!;
            await _shell.StandardInput.WriteLineAsync(FormattableString.Invariant($"{what} {group}")).ConfigureAwait(false);
            await _shell.StandardInput.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Somebody ended the shell: what outlives this process then is theirs.
        }
        finally
        {
            _gate.Release();
        }
    }
}
