namespace SyscallBench.Consoles;

/// <summary>Decides whether a boot counts, by what its console says, and says why when it does not.</summary>
internal static class ConsoleVerdict
{
    private const int LongestWord = 80;

    /// <param name="broken">What is wrong with the order of the records; null where nothing is.</param>
    /// <param name="records">Valid records that came.</param>
    /// <param name="announced">Rounds that the artifact's program announced; null where it did not.</param>
    /// <returns>The first reason that explains the others; null for a boot that counts.</returns>
    public static string? WhyFailed(BootLog log, string? broken, int records, long? announced) => log switch
    {
        { Error: { } error } => Explain(error),
        { Oops: { } oops, Panic: not { IsSuccess: true } } => $"the kernel crashed: {oops}{(log.Panic is { } panic ? $"; then it panicked: {panic.Message}" : "")}",
        { Panic: { IsSuccess: false } panic } => panic.Explanation,
        _ when broken is not null => broken,
        { IsArtifactFormat: true } when announced > log.Rounds => $"the console is cut after {log.Rounds} of {announced} rounds",
        { IsArtifactFormat: true, Samples.Count: 0 } => "no round of it has values that can be",
        { IsArtifactFormat: true } => null,
        { Begin: null, End: null, Rounds: 0 } when records == 0 => "the console holds no record of the benchmark: it never ran",
        { Begin: null } => "the begin record is missing: how many iterations a round has is not known",
        { End: null } => $"the end record is missing: the console is cut after {log.Rounds} of {log.Begin.Rounds} rounds",
        { End.Status: not 0 } => $"the benchmark exited with {log.End.Status}",
        _ when log.End.Records != records => $"the benchmark wrote {log.End.Records} records, and {records} came",
        _ when log.Rounds != log.Begin.Rounds || log.Rounds != log.End.Rounds => $"{log.Begin.Rounds} rounds were announced, and {log.Rounds} came",
        { Samples.Count: 0 } => "no round of it can be used",
        _ => null,
    };

    /// <summary>The same log with what is to be said about it.</summary>
    public static BootLog WithFindings(BootLog log) => log with { Findings = [.. Findings(log)] };

    private static IEnumerable<Finding> Findings(BootLog log)
    {
        if (log.Failure is { } failure)
            yield return new Finding(Severity.Error, log.Source, $"boot {log.Boot} is left out: {failure}", RemedyFor(log));
        if (log is { Failure: null, Oops: { } oops })
            yield return new Finding(Severity.Warning, log.Source, $"the kernel of boot {log.Boot} reported a fault and went on: {oops}", "read the console");
        if (log.FirstRejected is { } first)
        {
            var lines = log.RejectedCount == 1 ? "1 line is" : $"{log.RejectedCount} lines are";
            yield return new Finding(Severity.Warning, $"{log.Source}:{first.Line}", $"{lines} not used; the first: {first.Reason}", "read the console; repeat the boot by deleting its log");
        }
    }

    private static string Explain(ErrorRecord error) => error.What switch
    {
        "noop-returned" when error.Expected == "success" => $"the system call returned {WithName(error.Value)}: this kernel does not have it, or refuses its arguments",
        "no-null-device" => "the guest has no null device, /dev/null, to read or write",
        "noop-returned" => $"the noop system call returned {WithName(error.Value)}, expected {Shown(error.Expected)}: this kernel does not have it, or has another",
        "bad-argument" => $"the benchmark does not know its argument {Shown(error.Value)}",
        "clock-backwards" => "the clock ran backwards between two reads",
        "no-tsc" => "the CPU lacks RDTSC or RDTSCP: choose another model with --cpu",
        _ => $"the benchmark gave up: {Shown(error.What)} {Shown(error.Value)}".TrimEnd(),
    };

    private static string Shown(string? word) => SafeText.Escape(word, LongestWord);

    // What a kernel without the call returns.
    private static string WithName(string? value) => value == "-38" ? "-38 (ENOSYS)" : value is null ? "nothing" : Shown(value);

    private static string RemedyFor(BootLog log) => log.Error is { What: "noop-returned", Expected: not "success" }
        ? "boot a kernel with the noop system call: --target=BuildKernel makes one"
        : "read the console; repeat the boot by deleting its log";
}
