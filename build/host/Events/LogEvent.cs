using System.Text.Json.Serialization;

namespace SyscallBench.Build.Events;

/// <summary>One line of the event log. To add a kind: a record, and its name here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(RunFinished), "run-finished")]
[JsonDerivedType(typeof(TaskStarted), "task-started")]
[JsonDerivedType(typeof(TaskFinished), "task-finished")]
[JsonDerivedType(typeof(TaskFailed), "task-failed")]
[JsonDerivedType(typeof(TaskSkipped), "task-skipped")]
[JsonDerivedType(typeof(StepEnded), "step")]
[JsonDerivedType(typeof(ProgressMade), "progress")]
[JsonDerivedType(typeof(BootStarted), "boot-started")]
[JsonDerivedType(typeof(BootFinished), "boot-finished")]
[JsonDerivedType(typeof(FindingNoticed), "finding")]
[JsonDerivedType(typeof(RowMeasured), "result")]
public abstract record LogEvent
{
    /// <summary>When it happened, UTC; the log sets it.</summary>
    [JsonPropertyOrder(-1)]
    public DateTime Time { get; init; }
}
