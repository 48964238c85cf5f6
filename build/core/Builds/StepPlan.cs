using SyscallBench.Steps;

namespace SyscallBench.Builds;

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
