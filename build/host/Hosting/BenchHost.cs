using Cake.Core;
using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;
using SyscallBench.Machine;
using SyscallBench.Sources;

namespace SyscallBench.Build.Hosting;

/// <summary>The way from arguments to an exit code: 0 done, 1 a task failed, 2 wrong usage, 130 interrupted.</summary>
public static class BenchHost
{
    /// <summary>Where the repository is, when the program's own folder does not tell (<c>artifacts</c> may be a link to another disk).</summary>
    public const string RootVariable = "SYSCALL_BENCH_ROOT";

    public static int Run(IReadOnlyList<string> args, Func<Session, IReadOnlyList<string>, int> cake)
    {
        try
        {
            var tasks = TaskCatalogue.Of(typeof(BenchHost).Assembly);
            var commandLine = new CommandLineParser([.. BenchSwitches.All, .. CakeSwitches.All], tasks, CurrentDirectory()).Parse(args);
            return commandLine.Mode switch
            {
                Mode.Help => Print(Listing.Lines(tasks)),
                Mode.Version => Print([ProgramVersion.Text]),
                _ => RunTasks(commandLine, tasks, cake),
            };
        }
        catch (UserError error)
        {
            // Before the arguments are understood, only what they say literally is known of them.
            Console.Error.WriteLine(TerminalStyle.OfProcess(args.Contains("--color=never") ? "never" : "auto").Errors($"error: {error.Message}"));
            return error.ExitCode;
        }
    }

    private static int RunTasks(CommandLine commandLine, TaskCatalogue tasks, Func<Session, IReadOnlyList<string>, int> cake)
    {
        var style = TerminalStyle.OfProcess(commandLine.Options.Color, commandLine.Verbosity);
        if (commandLine.Options.Json)
            style = style with { ColourOutput = false };
        style.Announce();
        var status = new StatusLine(style.Animate ? Console.Error : null, () => Console.WindowWidth);
        using var interruption = new Interruption(Console.Error, status);
        // Ours to dispose of: Cake does not dispose of its container.
        using var services = new CoreServices();
        var outcome = new RunOutcome();
        var session = new Session(commandLine, FindWorkspace(commandLine.Options.Work), tasks, interruption, services, outcome, status, style);
        var result = TargetSequence.Runs(commandLine).Select(arguments => cake(session, arguments)).FirstOrDefault(result => result != 0);
        if (result == 0 && commandLine.Mode == Mode.DryRun && tasks.ThatRun(commandLine).Contains("Run"))
            Forecast(commandLine.Options, tasks.ThatRun(commandLine), session.Workspace);
        return outcome.Conclude(result, interruption.Token.IsCancellationRequested, commandLine.IsDiagnostic, Console.Error, style);
    }

    private static void Forecast(BenchOptions options, IReadOnlyList<string> tasks, Workspace workspace)
    {
        var kernels = KernelChoice.ParseAll(options.Kernels, new SystemFiles().Read("/etc/os-release"));
        var boots = BootRequest.Options(options, kernels).Validated();
        if (tasks.Contains("BuildKernel") && boots.Platforms.Any(platform => platform.Images.Contains(Image.Kernel)))
            Console.WriteLine(Listing.Forecast(KernelForecast.Of(workspace, [.. kernels.Select(kernel => (kernel.Name, options.BuildOf(kernel)))])));
        Console.WriteLine(Listing.Forecast(BootForecast.Of(boots, workspace.RawEvaluation)));
    }

    private static Workspace FindWorkspace(string? work)
    {
        var found = Workspace.Above(Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root ? root : AppContext.BaseDirectory);
        if (found.Root.Contains('\\', StringComparison.Ordinal))
            throw new UserError($"{found.Root}: Cake takes the backslash in this path for a slash; rename the folder and run again");
        return work is null ? found : new Workspace(found.Root) { Work = work };
    }

    private static string CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            throw new UserError("the current directory does not exist any more; change to another one and run again");
        }
    }

    private static int Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            HostConsole.Guard(() => Console.WriteLine(line));
        return 0;
    }
}

/// <summary>
/// Several targets in the order typed, each needed task once: one task more, which needs each of them. Left to itself, Cake 7 sorts targets by name, and Cake 6 runs what they
/// share once for each.
/// </summary>
public static class TargetSequence
{
    /// <summary>Name of the task that stands for several targets; null where it is not needed.</summary>
    public static string? NameOf(CommandLine commandLine) =>
        commandLine is { Targets.Count: > 1, Exclusive: false, Mode: Mode.Run or Mode.DryRun } ? string.Join(" and ", commandLine.Targets) : null;

    /// <summary>What each run of the engine is told. Exclusive targets need a run each: an exclusive task runs without what it needs.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Runs(CommandLine commandLine) => commandLine.Exclusive
        ? [.. commandLine.Targets.Select(commandLine.CakeArguments)]
        : [commandLine.CakeArguments(NameOf(commandLine) ?? commandLine.Targets[0])];

    public static CakeEngine Engine(CakeEngine engine, CommandLine commandLine)
    {
        if (NameOf(commandLine) is { } name)
            _ = commandLine.Targets.Aggregate(engine.RegisterTask(name), (task, target) => task.IsDependentOn(target));
        return engine;
    }
}
