using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>What is to be said about a boot's console, with file and line.</summary>
internal static class BootFindings
{
    public static IReadOnlyList<Finding> Of(BootLog log)
    {
        var findings = new List<Finding>();
        if (log.Failure is { } failure)
        {
            findings.Add(new Finding(Severity.Error, log.Source, $"boot {log.Boot} is left out: {failure}", RemedyFor(log)));
        }

        if (log.RejectedCount > 0)
        {
            var first = log.Rejected[0];
            var lines = log.RejectedCount == 1 ? "1 line claims to be a record and is" : $"{log.RejectedCount} lines claim to be records and are";
            findings.Add(new Finding(
                Severity.Warning,
                $"{log.Source}:{first.Line}",
                $"{lines} not valid; the first: {first.Reason}",
                "look at the console; repeat the boot by deleting its log"));
        }

        if (log.LostRecords > 0)
        {
            findings.Add(new Finding(
                Severity.Warning,
                log.Source,
                $"{log.LostRecords} records of the boot never came or came out of order; the others are used",
                "repeat the boot by deleting its log"));
        }

        return findings;
    }

    private static string RemedyFor(BootLog log) => log.Errors is [{ What: "noop-returned" }, ..]
        ? "boot a kernel with the noop system call: --target=BuildKernel makes one"
        : "read the console; repeat the boot by deleting its log";
}
