using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;
using SyscallBench.Build.Events;
using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Hosting;

/// <summary>One heading per task, and how long each took.</summary>
public sealed class TaskPrinter(IConsole console, ICakeLog log, EventLog events, Colours colours) : ICakeReportPrinter
{
    public void WriteStep(string name, Verbosity verbosity)
    {
        // Here rather than in the task's lifetime, which begins for a task that is then skipped, too.
        events.Add(new TaskStarted(name));
        if (verbosity >= Verbosity.Normal && name != Options.TaskCatalogue.Default)
            console.WriteLine("{0}", colours.Output(Tone.Heading, $"== {name}"));
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
        var tasks = report
            .Where(entry => entry.Category == CakeReportEntryCategory.Task && entry.ExecutionStatus != CakeTaskExecutionStatus.Delegated)
            .ToList();
        if (tasks.Count < 2 || log.Verbosity < Verbosity.Normal)
            return;

        var width = tasks.Max(entry => entry.TaskName.Length);
        console.WriteLine();
        foreach (var entry in tasks)
            console.WriteLine("{0}", $"{entry.TaskName.PadRight(width)}  {Seconds(entry)}{Status(entry)}");
    }

    private static string Seconds(CakeReportEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Duration.TotalSeconds,7:0.0} s");

    private string Status(CakeReportEntry entry) => entry.ExecutionStatus switch
    {
        CakeTaskExecutionStatus.Executed => string.Empty,
        CakeTaskExecutionStatus.Failed => $"  {colours.Output(Tone.Bad, "failed")}",
        var other => $"  {other.ToString().ToLowerInvariant()}",
    };
}
