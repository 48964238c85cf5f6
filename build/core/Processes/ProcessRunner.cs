using System.ComponentModel;
using System.Diagnostics;

namespace SyscallBench.Processes;

public interface IProcessRunner
{
    /// <exception cref="UserError">The program is not there.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the whole tree is gone.</exception>
    Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellation = default);
}

/// <summary>
/// Starts external programs and owns them: each runs in a session of its own, and neither it nor anything it started outlives its deadline, its
/// cancellation or this process. Keep one for the life of the program.
/// </summary>
public sealed class ProcessRunner : IProcessRunner, IDisposable
{
    // The program itself runs only once the watchdog knows of it: killed in between, this process leaves a shell that reads its input's
    // end, and exits.
    private const string Gate = "read -r go && exec \"$0\" \"$@\"";

    private const string UtilLinux = "install util-linux";

    private readonly Watchdog _watchdog = new();

    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellation = default)
    {
        var child = await StartAsync(request, cancellation).ConfigureAwait(false);
        return await child.Completion.ConfigureAwait(false);
    }

    /// <summary>Starts a program; its end is <see cref="ChildProcess.Completion"/>.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<ChildProcess> StartAsync(ProcessRequest request, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = StartInfo(request);
        var output = new ChildOutput(request);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            output.Dispose();
            throw new UserError($"{request.Program} cannot be started in {request.WorkingDirectory ?? "the current folder"}: {failure.Message}", failure);
        }

        var pid = process.Id;
        await _watchdog.AddAsync(pid).ConfigureAwait(false);
        await OpenGateAsync(process).ConfigureAwait(false);
        return new ChildProcess(process, request, output, () => _watchdog.RemoveAsync(pid), cancellation);
    }

    public void Dispose() => _watchdog.Dispose();

    private static async Task OpenGateAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteLineAsync().ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; how is said by its exit code.
        }
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var program = ProgramFinder.Require(request.Program, request.Remedy);
        string[] pinned = request.Cpu is { } cpu ? [ProgramFinder.Require("taskset", UtilLinux), "-c", FormattableString.Invariant($"{cpu}")] : [];
        // setsid, sh and taskset become the program by exec, so that the process id stays the same.
        var start = OwnSession(Gate, [.. pinned, program, .. request.Arguments], request.WorkingDirectory ?? "");
        foreach (var (name, value) in request.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>A shell in a session of its own.</summary>
    internal static ProcessStartInfo OwnSession(string script, IEnumerable<string> arguments, string workingDirectory) =>
        new(ProgramFinder.Require("setsid", UtilLinux), ["sh", "-c", script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
}
