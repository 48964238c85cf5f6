namespace SyscallBench.Steps;

/// <summary>What a finished step leaves behind, <c>artifacts/state/&lt;step&gt;.json</c>.</summary>
/// <param name="Schema">Version of this record.</param>
/// <param name="Inputs">The fingerprint it was built from, input name to value.</param>
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
