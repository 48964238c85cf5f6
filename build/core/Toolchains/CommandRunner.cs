using System.ComponentModel;
using System.Diagnostics;

namespace SyscallBench.Toolchains;

/// <summary>Runs programs of this machine.</summary>
public sealed class CommandRunner : ICommandRunner
{
    /// <inheritdoc/>
    public async Task<int> RunAsync(Command command, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(command.Deadline);
        using var process = Start(command);
        using var killed = deadline.Token.Register(() => process.Kill(entireProcessTree: true));

        var gate = new Lock();
        var readers = new[] { process.StandardOutput, process.StandardError }.Select(stream => ReadAsync(stream, gate, command.OnLine));
        await Task.WhenAll(readers);
        await process.WaitForExitAsync(CancellationToken.None);

        cancellation.ThrowIfCancellationRequested();
        if (deadline.IsCancellationRequested)
            throw new UserError($"{command.Program} did not end within {command.Deadline.TotalMinutes:0.#} min and was killed");
        return process.ExitCode;
    }

    private static Process Start(Command command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        if (command.Environment is { } environment)
        {
            var path = start.Environment["PATH"];
            start.Environment.Clear();
            start.Environment["PATH"] = path;
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception missing)
        {
            throw new UserError($"{command.Program} cannot be started: {missing.Message}", missing);
        }
    }

    private static async Task ReadAsync(StreamReader stream, Lock gate, Action<string>? onLine)
    {
        while (await stream.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (gate)
                onLine?.Invoke(line);
        }
    }
}
