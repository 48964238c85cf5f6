using System.Runtime.InteropServices;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Hosting;

/// <summary>
/// Turns the first Ctrl+C, SIGTERM or SIGHUP into a cancelled token, so that guests are ended and nothing is left half-written. The second
/// ends the program at once. Cake itself has no such handler.
/// </summary>
public sealed class Interruption : IDisposable
{
    /// <summary>What a shell reports for a program that SIGINT ended.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly TextWriter _errors;
    private readonly StatusLine _status;
    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;

    public Interruption(TextWriter errors, StatusLine status)
    {
        _errors = errors;
        _status = status;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        _status.Close();
        if (_source.IsCancellationRequested)
            Environment.Exit(ExitCode);

        _errors.WriteLine($"interrupted ({context.Signal}): cleaning up; once more to stop at once");
        // Not on this thread: what is registered may take a while to end a guest, and must not hold up the second signal.
        _ = _source.CancelAsync();
    }
}
