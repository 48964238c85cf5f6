using System.Diagnostics;

namespace SyscallBench.Steps;

/// <summary>
/// Knows which steps are done and from what, says why one has to be done again, and does it: it builds aside, moves the outputs into place, and only then
/// records the step. Killed at any moment, it leaves either the old outputs with their record or no record at all.
/// </summary>
/// <param name="folder">Where that is written down; null for the state of the builds.</param>
public sealed class StepLedger(Workspace workspace, string? folder = null)
{
    private readonly string _folder = folder ?? workspace.State;

    public static IReadOnlyDictionary<string, string> NoFacts { get; } = new Dictionary<string, string>();

    public FileHasher Hasher { get; } = new(Path.Combine(folder ?? workspace.State, "hashes.json"));

    public Fingerprint NewFingerprint() => new(Hasher);

    /// <summary>Runs a step unless it is done.</summary>
    /// <param name="step">Names its state and its log.</param>
    /// <param name="outputs">Absolute paths below <c>artifacts/</c>, all in one folder, the main one first.</param>
    /// <param name="build">Makes a file of each output's name in the folder it is given, which is empty at first.</param>
    /// <param name="facts">What else is worth keeping for the provenance, by name; the build may still add to it.</param>
    /// <exception cref="UserError">The build failed, or the disk refuses.</exception>
    public async Task<StepResult> RunAsync(
        string step, Fingerprint inputs, IReadOnlyList<string> outputs, Func<string, CancellationToken, Task> build,
        IReadOnlyDictionary<string, string> facts, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        if (WhyStale(step, inputs, outputs) is not { } reason)
            return UpToDate(step, watch);

        using var staging = new StagingFolder(workspace, step);
        File.Delete(workspace.LogOf(step));
        try
        {
            await build(staging.Path, cancellation);
        }
        catch (Exception error) when (DiskError.Is(error))
        {
            throw DiskError.Explain(error, staging.Path);
        }

        cancellation.ThrowIfCancellationRequested();

        Forget(step);
        foreach (var output in outputs)
            staging.MoveOut(output);
        return Result(step, Record(step, inputs, outputs, facts), upToDate: false, reason, watch);
    }

    /// <summary>Does a step that puts its outputs into place itself, each atomically, unless it is done.</summary>
    /// <param name="work">Makes the outputs and returns their paths.</param>
    public StepResult Run(string step, Fingerprint inputs, Func<IEnumerable<string>> work)
    {
        var watch = Stopwatch.StartNew();
        if (WhyStale(step, inputs) is not { } reason)
            return UpToDate(step, watch);
        Forget(step);
        return Result(step, Record(step, inputs, work(), NoFacts), upToDate: false, reason, watch);
    }

    /// <summary>Why the step has to be run: null when it is done and its outputs are as it left them.</summary>
    /// <param name="inputs">What it depends on now.</param>
    /// <param name="outputs">Absolute paths of what it makes now, where that is known beforehand: an older version of this program may have made less.</param>
    public string? WhyStale(string step, Fingerprint inputs, IReadOnlyList<string>? outputs = null) => Read(step) is not { } state
        ? "first time"
        : Fingerprint.FirstDifference(state.Inputs, inputs.Inputs)
            ?? FirstDamage(state.Outputs, outputs?.Select(path => Path.GetRelativePath(workspace.Artifacts, path)) ?? state.Outputs.Keys);

    public StepState? Read(string step)
    {
        var state = JsonFormat.Recall<StepState>(FileOf(step));
        return state is { Schema: StepState.CurrentSchema } && new[] { state.Inputs, state.Outputs, state.Facts }.All(IsWhole) ? state : null;
    }

    /// <summary>Forgets a step before its outputs are touched: whatever happens then, it is not taken for done.</summary>
    public void Forget(string step)
    {
        if (File.Exists(FileOf(step)))
            DiskError.Guard(FileOf(step), () => File.Delete(FileOf(step)));
    }

    /// <summary>Records a step that succeeded; the outputs are absolute paths below <c>artifacts/</c>.</summary>
    public StepState Record(string step, Fingerprint inputs, IEnumerable<string> outputs, IReadOnlyDictionary<string, string> facts)
    {
        var hashes = outputs.ToDictionary(path => Path.GetRelativePath(workspace.Artifacts, path), Hasher.Hash);
        var state = new StepState(StepState.CurrentSchema, inputs.Inputs, hashes, facts);
        AtomicFile.Write(FileOf(step), JsonFormat.Serialize(state));
        Hasher.Save();
        return state;
    }

    // Whatever the types say, JSON may have null for a value.
    private static bool IsWhole(IReadOnlyDictionary<string, string> part) => part.Values.All(value => (object?)value is not null);

    private StepResult UpToDate(string step, Stopwatch watch)
    {
        Hasher.Save();
        return Result(step, Read(step)!, upToDate: true, "nothing changed", watch);
    }

    private StepResult Result(string step, StepState state, bool upToDate, string reason, Stopwatch watch) => new(
        step, upToDate, reason, state.Outputs.ToDictionary(output => Path.GetFullPath(output.Key, workspace.Artifacts), output => output.Value), state.Facts, watch.Elapsed);

    private string FileOf(string step) => Path.Combine(_folder, step + ".json");

    private string? FirstDamage(IReadOnlyDictionary<string, string> recorded, IEnumerable<string> outputs)
    {
        foreach (var relative in outputs)
        {
            var path = Path.Combine(workspace.Artifacts, relative);
            if (!recorded.TryGetValue(relative, out var sha256) || !File.Exists(path))
                return $"output {relative} is missing";
            if (Hasher.Hash(path) != sha256)
                return $"output {relative} is not what was built";
        }

        return null;
    }
}

/// <summary>What a finished step leaves behind, <c>artifacts/state/&lt;step&gt;.json</c>.</summary>
/// <param name="Outputs">Output path below <c>artifacts/</c> to SHA-256.</param>
/// <param name="Facts">What else is worth keeping for the provenance, by name.</param>
public sealed record StepState(
    int Schema,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>States of another schema count as no state: the step is run again.</summary>
    public const int CurrentSchema = 1;
}

/// <param name="Step">Name of the step: <c>benchmark</c>, <c>initramfs</c>, …</param>
/// <param name="Reason">Why it was run (<c>bench.c changed</c>, <c>first time</c>), or that nothing changed.</param>
/// <param name="Outputs">Absolute path of each output to its SHA-256, in the order the step declares them.</param>
public sealed record StepResult(
    string Step,
    bool UpToDate,
    string Reason,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Facts,
    TimeSpan Elapsed)
{
    /// <summary>What was done, as <c>bzImage built in 3.2 s</c> says it.</summary>
    public string Done { get; init; } = "built";

    /// <summary>The output that the others only accompany.</summary>
    public string MainOutput => Outputs.Keys.First();
}
