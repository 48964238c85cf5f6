namespace SyscallBench.Steps;

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
