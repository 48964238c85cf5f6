using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using SyscallBench.Build.Hosting;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build;

/// <summary>Refuses what cannot work before the first task, and says what was noticed after the last.</summary>
public sealed class BenchLifetime(RunOutcome outcome) : FrostingLifetime<BenchContext>
{
    // These change nothing in the checkout that another run reads.
    private static readonly string[] _readers = ["Default", "Doctor", "Setup", "Test", "Tune"];

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public override void Setup(BenchContext context, ISetupContext info)
    {
        var tasks = context.Tasks.ThatRun(context.CommandLine);
        Preconditions.Check(context, tasks);
        var writer = context.CommandLine.ComparesFiles ? null : tasks.Except(_readers, StringComparer.OrdinalIgnoreCase).LastOrDefault();
        if (writer is not null)
            context.LockAsync(writer).GetAwaiter().GetResult();
        foreach (var line in Listing.Defaults(context.CommandLine, tasks))
            context.Detail(line);
        foreach (var line in Listing.Idle(context.CommandLine, tasks))
            context.Say(line);
    }

    public override void Teardown(BenchContext context, ITeardownContext info)
    {
        context.Unlock();
        foreach (var line in context.Findings.Lines(notes: false))
            context.Say(line);
        var notes = context.Findings.Lines(notes: true);
        foreach (var line in notes)
            context.Detail(line);
        if (notes.Count > 0 && context.Log.Verbosity < Verbosity.Verbose)
            context.Say("notes that change no conclusion are in results/report.html, and shown under --verbosity=verbose");
        if (info.ThrownException is { } failure)
            outcome.Failure = failure;
        else if (context.Tasks.ThatRun(context.CommandLine).Count > 1)
            context.Say($"done in {ProgressLine.DurationText(_watch.Elapsed)}");
    }
}

/// <summary>Starts no further task once the user has interrupted.</summary>
public sealed class BenchTaskLifetime : FrostingTaskLifetime<BenchContext>
{
    public override void Setup(BenchContext context, ITaskSetupContext info) =>
        context.Cancellation.ThrowIfCancellationRequested();

    public override void Teardown(BenchContext context, ITaskTeardownContext info)
    {
        // The report says how each task ended.
    }
}
