using System.Diagnostics;
using Cake.Core;
using Microsoft.Extensions.DependencyInjection;
using SyscallBench.Build.Hosting;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Hosting;

/// <summary>A run inside this process, of the sample tasks.</summary>
internal sealed class SessionFixture : IDisposable
{
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture);
    private readonly Interruption _interruption;

    // A checkout of its own: another run may hold the lock of this one.
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("session-");
    private readonly StringWriter _terminal = new(CultureInfo.InvariantCulture);
    private readonly StatusLine _status;

    public SessionFixture()
    {
        _status = new StatusLine(_terminal, () => 80);
        _interruption = new Interruption(_errors, _status);
    }

    public Workspace Workspace => new(_root.FullName);

    /// <summary>Every byte that the status line wrote.</summary>
    public string Terminal => _terminal.ToString();

    public RecordingConsole Console { get; } = new();

    /// <summary>The last words.</summary>
    public string Errors => _errors.ToString().TrimEnd();

    public int Run(string target, string verbosity = "normal") => Run(new CommandLine { Targets = [target], Verbosity = verbosity });

    public int Run(CommandLine commandLine)
    {
        var outcome = new RunOutcome();
        using var services = new CoreServices();
        var session = new Session(
            commandLine, Workspace, TaskCatalogue.Of(GetType().Assembly), _interruption, services, outcome, _status, new TerminalStyle(false, false, false));
        var status = TargetSequence.Runs(commandLine).Select(arguments => Run(session, arguments)).FirstOrDefault(status => status != 0);
        return outcome.Conclude(status, _interruption.Token.IsCancellationRequested, commandLine.IsDiagnostic, _errors, new TerminalStyle(false, false, false));
    }

    private int Run(Session session, IReadOnlyList<string> arguments) => new CakeHost()
        .ConfigureServices(session.Register)
        .ConfigureServices(services => services.AddSingleton<IConsole>(Console))
        .UseContext<BenchContext>()
        .UseLifetime<BenchLifetime>()
        .UseTaskLifetime<BenchTaskLifetime>()
        .Run(arguments);

    /// <summary>Sends this very process a signal, as a terminal would. The shell's own kill: a bare machine has no program of that name.</summary>
    public static void Signal(string name) =>
        Process.Start("/bin/sh", ["-c", FormattableString.Invariant($"kill {name} {Environment.ProcessId}")]).WaitForExit();

    public void Dispose()
    {
        _interruption.Dispose();
        _root.Delete(recursive: true);
    }
}
