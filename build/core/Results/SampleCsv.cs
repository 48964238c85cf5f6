namespace SyscallBench.Results;

/// <summary>
/// The format of <c>eval/parsed/&lt;platform&gt;.csv</c>: one line per round, clock differences in ticks. An empty <c>iterations</c> says that the
/// calls' values are per call already, with decimals (the artifact's format); an empty <c>empty</c> that no such loop was timed. The <c>_spoilt</c>
/// columns are empty for a clean region, else names joined by <c>+</c>.
/// </summary>
internal static class SampleCsv
{
    public const int Columns = 11;

    /// <summary>Longest line that a sample can make: eleven numbers of twenty characters, and four lists of all names.</summary>
    public const int LongestLine = 512;

    public static ReadOnlySpan<byte> Header
        => "boot,round,iterations,tsc,empty,scall,fcall,tsc_spoilt,empty_spoilt,scall_spoilt,fcall_spoilt"u8;
}
