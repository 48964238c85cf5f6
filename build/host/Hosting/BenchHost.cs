using System.Reflection;
using SyscallBench.Build.Options;

namespace SyscallBench.Build.Hosting;

/// <summary>The way from arguments to an exit code: 0 done, 1 a task failed, 2 wrong usage, 130 interrupted.</summary>
public static class BenchHost
{
    /// <summary>Where the repository is, when the program's own folder does not tell (<c>artifacts</c> may be a link to another disk).</summary>
    public const string RootVariable = "SYSCALL_BENCH_ROOT";

    public static int Run(IReadOnlyList<string> args, Func<Session, int> cake)
    {
        ArgumentNullException.ThrowIfNull(cake);
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
            Console.Error.WriteLine($"error: {error.Message}");
            return error.ExitCode;
        }
    }

    private static string Version =>
        typeof(BenchHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static int RunTasks(CommandLine commandLine, TaskCatalogue tasks, Func<Session, int> cake)
    {
        using var interruption = new Interruption(Console.Error);
        // Ours to dispose of: Cake does not dispose of its container.
        using var services = new CoreServices();
        var outcome = new Outcome();
        var status = cake(new Session(commandLine, FindWorkspace(), tasks, interruption, services, outcome));
        return outcome.Conclude(status, interruption.Token.IsCancellationRequested, commandLine.IsDiagnostic, Console.Error);
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
