using System.Diagnostics;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>
/// Runs a step unless it is done: builds aside, moves the outputs into place, and only then records it. Killed at any moment, it leaves
/// either the old outputs with their record or no record at all.
/// </summary>
public sealed class StepRunner(Workspace workspace, StepLedger ledger)
{
    public async Task<StepResult> RunAsync(StepPlan plan, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var reason = ledger.WhyStale(plan.Name, plan.Inputs, plan.Outputs);
        if (reason is null)
        {
            ledger.Hasher.Save();
            return Result(ledger.Read(plan.Name)!, upToDate: true, "nothing changed");
        }

        using var staging = new StagingFolder(workspace, plan.Name);
        File.Delete(LogOf(workspace, plan.Name));
        try
        {
            await plan.Build(staging.Path, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, staging.Path);
        }

        cancellation.ThrowIfCancellationRequested();

        ledger.Forget(plan.Name);
        foreach (var output in plan.Outputs)
            staging.MoveOut(output);
        return Result(ledger.Record(plan.Name, plan.Inputs, plan.Outputs, plan.Facts()), upToDate: false, reason);

        StepResult Result(StepState state, bool upToDate, string why) => new(
            plan.Name,
            upToDate,
            why,
            plan.Outputs.ToDictionary(path => path, path => state.Outputs[Path.GetRelativePath(workspace.Artifacts, path)]),
            state.Facts,
            watch.Elapsed);
    }

    /// <summary>The log of a step's build.</summary>
    public static string LogOf(Workspace workspace, string step) => Path.Combine(workspace.Logs, step + ".log");
}
