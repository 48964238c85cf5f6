using System.Diagnostics;
using System.Reflection;
using SyscallBench.Build.Events;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Hosting;

/// <summary>The way from arguments to an exit code: 0 done, 1 a task failed, 2 wrong usage, 130 interrupted.</summary>
public static class BenchHost
{
    /// <summary>Where the repository is, when the program's own folder does not tell (<c>artifacts</c> may be a link to another disk).</summary>
    public const string RootVariable = "SYSCALL_BENCH_ROOT";

    public static int Run(IReadOnlyList<string> args, Func<Session, int> cake)
    {
        ArgumentNullException.ThrowIfNull(cake);
        KeypadMode.RestoreAtExit();
        try
        {
            var tasks = TaskCatalogue.Of(typeof(BenchHost).Assembly);
            var parser = new CommandLineParser([.. BenchSwitches.All, .. CakeSwitches.All], tasks, Environment.CurrentDirectory);
            var commandLine = parser.Parse(args);
            return commandLine.Mode switch
            {
                Mode.Help => Print(Listing.Lines(tasks)),
                Mode.Version => Print([$"syscall-bench {Version}"]),
                _ => RunTasks(commandLine, tasks, cake),
            };
        }
        catch (UserError error)
        {
            // Before the arguments are understood, only what they say literally is known of them.
            Console.Error.WriteLine($"{Colours.OfConsole(args.Contains("--color=never") ? "never" : "auto").Errors(Tone.Bad, "error:")} {error.Message}");
            return error.ExitCode;
        }
    }

    private static string Version =>
        typeof(BenchHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static int RunTasks(CommandLine commandLine, TaskCatalogue tasks, Func<Session, int> cake)
    {
        var watch = Stopwatch.StartNew();
        var workspace = FindWorkspace();
        // Before any work: a log that cannot be written is said at once.
        using var events = EventLog.Open(commandLine.Mode == Mode.Run ? commandLine.Options.Events : null, TimeProvider.System);
        events.Add(new RunStarted(Version, commandLine.Typed, commandLine.Targets));
        var colours = Colours.OfConsole(commandLine.Options.Color);
        colours.Announce();
        var status = StatusLine.OfConsole(commandLine.Verbosity);
        using var interruption = new Interruption(Console.Error, status);
        // Ours to dispose of: Cake does not dispose of its container.
        using var services = new CoreServices();
        var outcome = new RunOutcome();
        var result = cake(new Session(commandLine, workspace, tasks, interruption, services, outcome, events, status, colours));
        var exitCode = outcome.Conclude(result, interruption.Token.IsCancellationRequested, commandLine.IsDiagnostic, Console.Error, colours.Errors);
        events.Add(new RunFinished(exitCode, watch.Elapsed.TotalSeconds, outcome.Error));
        return exitCode;
    }

    private static Workspace FindWorkspace() =>
        Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root ? Workspace.Above(root) : Workspace.Above(AppContext.BaseDirectory);

    private static int Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Console.WriteLine(line);
        return 0;
    }
}
