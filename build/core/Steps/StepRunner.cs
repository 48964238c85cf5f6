using System.Diagnostics;
using SyscallBench.Model;

namespace SyscallBench.Steps;

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

/// <summary>What one step depends on, makes, and how.</summary>
public sealed record StepPlan
{
    /// <summary>Names its state and its log.</summary>
    public required string Name { get; init; }

    public required Fingerprint Inputs { get; init; }

    /// <summary>Absolute paths below <c>artifacts/</c>, all in one folder, the main one first.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Makes a file of each output's name in the folder it is given, which is empty at first.</summary>
    public required Func<string, CancellationToken, Task> Build { get; init; }

    /// <summary>Kept with the state, asked after the build.</summary>
    public Func<IReadOnlyDictionary<string, string>> Facts { get; init; } = () => new Dictionary<string, string>();
}

/// <summary>How a step ended.</summary>
/// <param name="Step">Name of the step: <c>benchmark</c>, <c>initramfs</c>, …</param>
/// <param name="UpToDate">Nothing was done because nothing changed.</param>
/// <param name="Reason">Why it was run (<c>bench.c changed</c>, <c>first build</c>), or that nothing changed.</param>
/// <param name="Outputs">Absolute path of each output to its SHA-256, in the order the step declares them.</param>
/// <param name="Facts">What else is worth keeping for the provenance, by name: compiler, kernel release, …</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record StepResult(
    string Step,
    bool UpToDate,
    string Reason,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Facts,
    TimeSpan Elapsed)
{
    /// <summary>The output that the others only accompany.</summary>
    public string MainOutput => Outputs.Keys.First();
}
