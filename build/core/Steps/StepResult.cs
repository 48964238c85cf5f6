namespace SyscallBench.Steps;

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
