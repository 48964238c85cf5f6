namespace SyscallBench.Consoles;

/// <summary>A line that claims to be a record and is not a valid one.</summary>
/// <param name="Line">Line of the console log, from 1.</param>
/// <param name="Reason">Why it is not taken.</param>
public sealed record RejectedLine(long Line, string Reason);
