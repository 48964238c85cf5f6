using SyscallBench.Builds;

namespace SyscallBench.Processes;

/// <summary>One command of a build.</summary>
/// <param name="Arguments">Program and arguments, never a shell string.</param>
public sealed record BuildCommand(params IReadOnlyList<string> Arguments)
{
    /// <summary>Added to <see cref="BuildEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Called with each line the command prints, for progress.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>When it is given up.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);
}
