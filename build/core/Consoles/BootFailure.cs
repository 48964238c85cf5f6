namespace SyscallBench.Consoles;

/// <summary>Decides whether a boot counts, and says why when it does not.</summary>
internal static class BootFailure
{
    /// <returns>The first reason that explains the others; null for a boot that counts.</returns>
    public static string? Of(BootLog log) => log switch
    {
        { Errors: [var error, ..] } => Explain(error),
        { Panic: { IsSuccess: false } panic } => panic.Explanation,
        { IsArtifactFormat: true } when log.ArtifactRounds > log.Rounds => $"the console is cut after {log.Rounds} of {log.ArtifactRounds} rounds",
        { IsArtifactFormat: true } => null,
        { Begin: null, End: null, Rounds: 0 } => "the console holds no record of the benchmark: it never ran",
        { Begin: null } => "the begin record is missing: how many iterations a round has is not known",
        { End: null } => $"the end record is missing: the console is cut after {log.Rounds} of {log.Begin.Rounds} rounds",
        { End.Status: not 0 } => $"the benchmark exited with {log.End.Status}",
        { Rounds: 0 } => "no valid round came",
        _ => null,
    };

    private static string Explain(ErrorRecord error) => error.What switch
    {
        "noop-returned" =>
            $"the noop system call returned {WithName(error.Value)}, expected {error.Expected}: this kernel does not have it, or has another",
        "bad-argument" => $"the benchmark does not know its argument {error.Value}",
        "clock-backwards" => "the clock ran backwards between two reads",
        "no-tsc" => "the CPU lacks RDTSC or RDTSCP: choose another model with --cpu",
        _ => $"the benchmark gave up: {error.What} {error.Value}".TrimEnd(),
    };

    // What a kernel without the call returns.
    private static string WithName(string? value) => value == "-38" ? "-38 (ENOSYS)" : value ?? "nothing";
}
