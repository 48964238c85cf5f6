using SyscallBench.Model;
using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Hosting;

/// <summary>
/// Cake's log as lines of ours: warnings and errors on standard error, the rest on standard output. What the engine prints about a
/// failure is held back: <see cref="RunOutcome"/> says it once.
/// </summary>
public sealed class HostLog(IConsole console, RunOutcome outcome, StatusLine status, Colours colours) : ICakeLog
{
    private readonly Lock _lock = new();

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (verbosity > Verbosity || (level == LogLevel.Error && HoldBack(format, args)))
            return;

        var text = string.Format(CultureInfo.InvariantCulture, format, args);
        lock (_lock)
        {
            status.Clear();
            if (level <= LogLevel.Warning)
                console.WriteErrorLine("{0}", $"{colours.Errors(level == LogLevel.Warning ? Tone.Caution : Tone.Bad, level.ToString().ToLowerInvariant() + ":")} {text}");
            else
                console.WriteLine("{0}", text);
        }
    }

    // The engine's formats: CakeEngine.ExecuteTaskAsync and ExceptionLogger.LogException.
    private bool HoldBack(string format, object[] args)
    {
        switch (format)
        {
            case "An error occurred when executing task '{0}'.":
                outcome.FailedTask(args[0].ToString()!);
                return true;
            case "Error: {0}":
                outcome.HoldBack(args[0].ToString()!);
                return true;
            case "\t{0}":
                return true;
            default:
                return false;
        }
    }
}
