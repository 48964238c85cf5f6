namespace SyscallBench.Build.Events;

/// <summary>The first event of a run.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Arguments">As typed.</param>
/// <param name="Targets">What was asked for.</param>
public sealed record RunStarted(string Version, IReadOnlyList<string> Arguments, IReadOnlyList<string> Targets) : LogEvent
{
    /// <summary>Name and version of the log's format. Kinds and properties may be added to a version, none changes its meaning.</summary>
    public const string CurrentSchema = "syscall-bench/events/v1";

    public string Schema { get; init; } = CurrentSchema;
}

/// <summary>The last event of a run; one that was killed has none.</summary>
/// <param name="ExitCode">0 done, 1 a task failed, 2 wrong usage, 130 interrupted.</param>
/// <param name="Seconds">Time that the run took.</param>
/// <param name="Error">Why it failed, one line; null where it did not.</param>
public sealed record RunFinished(int ExitCode, double Seconds, string? Error) : LogEvent;
