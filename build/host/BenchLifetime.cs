using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using SyscallBench.Build.Events;
using SyscallBench.Build.Hosting;
using SyscallBench.Model;

namespace SyscallBench.Build;

/// <summary>Says what will be done before the first task, and what was noticed after the last.</summary>
public sealed class BenchLifetime(RunOutcome outcome) : FrostingLifetime<BenchContext>
{
    public override void Setup(BenchContext context, ISetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        string[] tasks = [.. info.TasksToExecute.Select(task => task.Name)];
        Preconditions.Check(context, tasks);
        foreach (var line in Plan.Lines(context.CommandLine, tasks))
            context.Say(line);
    }

    public override void Teardown(BenchContext context, ITeardownContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        if (context.Events.Fault is { } fault)
            context.Findings.Add(new Finding(Severity.Warning, "events", fault));
        foreach (var line in context.Findings.Lines())
            context.Say(line);
        var notes = context.Findings.Notes();
        foreach (var line in notes)
            context.Detail(line);
        if (notes.Count > 0 && context.Log.Verbosity < Verbosity.Verbose)
            context.Say("notes that change no conclusion are in results/report.html, and shown under --verbosity=verbose");
        foreach (var finding in context.Findings.All())
            context.Events.Add(FindingNoticed.Of(finding));
        if (info.ThrownException is { } failure)
            outcome.Fail(failure);
    }
}
