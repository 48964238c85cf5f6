namespace SyscallBench.Build.Events;

public sealed record TaskStarted(string Task) : LogEvent;

public sealed record TaskFinished(string Task, double Seconds) : LogEvent;

/// <param name="Task">Which.</param>
/// <param name="Seconds">Time until it failed.</param>
/// <param name="Error">Why, one line.</param>
public sealed record TaskFailed(string Task, double Seconds, string? Error) : LogEvent;

/// <summary>A task that nothing asked for needs on this run.</summary>
public sealed record TaskSkipped(string Task) : LogEvent;

/// <summary>A step that makes something ended well.</summary>
/// <param name="Step">Name of the step, or of what it makes: <c>benchmark</c>, <c>results</c>.</param>
/// <param name="UpToDate">Nothing was done because nothing changed.</param>
/// <param name="Reason">Why it was done, or that nothing changed.</param>
/// <param name="Seconds">Time it took.</param>
public sealed record StepEnded(string Step, bool UpToDate, string Reason, double Seconds) : LogEvent;

/// <summary>How far a long step is; seldom.</summary>
/// <param name="What">The step, in a person's words.</param>
/// <param name="Done">Files, boots or bytes done.</param>
/// <param name="Total">How many there are; null where nobody knows.</param>
/// <param name="SecondsLeft">A rough guess; null where there is nothing to guess from.</param>
public sealed record ProgressMade(string What, long Done, long? Total, double? SecondsLeft) : LogEvent;
