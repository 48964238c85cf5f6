using Cake.Core;
using Cake.Core.Diagnostics;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Hosting;

/// <summary>Cake's console: every line passes here, and gets its colours here.</summary>
public sealed class HostConsole(TerminalStyle style) : IConsole
{
    // Cake sets them in the log and the report that are replaced by ours.
    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => style.ColourOutput;

    public void Write(string format, params object[] arg) => Guard(() => Console.Write(format, arg));

    public void WriteLine(string format, params object[] arg) =>
        Guard(() => Console.WriteLine(style.Output(string.Format(CultureInfo.InvariantCulture, format, arg))));

    public void WriteError(string format, params object[] arg) => Console.Error.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => Console.Error.WriteLine(style.Errors(string.Format(CultureInfo.InvariantCulture, format, arg)));

    public void ResetColor() => ForegroundColor = BackgroundColor = default;

    /// <exception cref="UserError">Standard output is closed, or its disk is full. (Who reads a pipe no more is no failure.)</exception>
    internal static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"standard output cannot be written: {error.Message}", error);
        }
    }
}

/// <summary>
/// Cake's log as lines of ours: warnings and errors on standard error, the rest on standard output. What the engine prints about a
/// failure is held back: <see cref="RunOutcome"/> says it once.
/// </summary>
public sealed class HostLog(IConsole console, RunOutcome outcome, StatusLine status) : ICakeLog
{
    private readonly Lock _lock = new();

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity > Verbosity || (level == LogLevel.Error && HoldBack(format, args)))
            return;

        var text = string.Format(CultureInfo.InvariantCulture, format, args);
        lock (_lock)
        {
            status.Clear();
            if (level <= LogLevel.Warning)
                console.WriteErrorLine("{0}", $"{level.ToString().ToLowerInvariant()}: {text}");
            else
                console.WriteLine("{0}", text);
        }
    }

    // The engine's formats: CakeEngine.ExecuteTaskAsync and ExceptionLogger.LogException.
    private bool HoldBack(string format, object[] args)
    {
        if (format == "An error occurred when executing task '{0}'.")
            outcome.FailedTask = args[0].ToString();
        else if (format == "Error: {0}")
            outcome.EngineMessage = args[0].ToString();
        else
            return format == "\t{0}";
        return true;
    }
}

/// <summary>One heading per task.</summary>
public sealed class TaskPrinter(IConsole console, CommandLine commandLine) : ICakeReportPrinter
{
    public void WriteStep(string name, Verbosity verbosity)
    {
        if (verbosity >= Verbosity.Normal && IsStep(name))
            console.WriteLine("{0}", $"== {name}");
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
        // Setup and Teardown print what they have to say, and are no step of the experiment.
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
        if (verbosity >= Verbosity.Verbose)
            console.WriteLine("{0}", $"== {name} (skipped)");
    }

    public void Write(CakeReport report)
    {
        // Each step has said what it made and in what time.
    }

    private bool IsStep(string name) => name != TaskCatalogue.Default && name != TargetSequence.NameOf(commandLine);
}
