using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>
/// Reads what a boot wrote on its console: the framed records of bench-src/PROTOCOL.md, or the artifact's own lines. One pass, and memory that does
/// not grow with the number of records: rounds are handed on as they come.
/// </summary>
public static class ConsoleParser
{
    // Often enough for Ctrl+C, rarely enough to cost nothing.
    private const long LinesBetweenChecks = 4096;

    /// <summary>Reads a whole console log.</summary>
    /// <param name="console">The log, as the guest wrote it.</param>
    /// <param name="source">How messages name it.</param>
    /// <param name="boot">Boot of the platform, from 0.</param>
    /// <param name="take">Gets every valid round. Whether the boot counts at all is known only when the log is read:
    /// <see cref="BootLog.Failure"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static BootLog Parse(Stream console, string source, int boot, Action<Sample> take, CancellationToken cancellation = default)
    {
        var lines = new ByteLines(console);
        var scratch = new byte[ByteLines.LongestLine];
        var reader = new BootReader(source, boot, take);
        while (lines.TryRead(out var line))
        {
            if (lines.Number % LinesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            reader.Read(lines.Number, TerminalNoise.Strip(line, scratch));
        }

        return reader.Finish();
    }
}
