using System.Text.RegularExpressions;

namespace SyscallBench.Consoles;

/// <summary>
/// A kernel's last words. When PID 1 exits, Linux panics and gives its wait status: that is how every boot ends, well or badly.
/// </summary>
/// <param name="Message">What follows <c>Kernel panic - not syncing:</c>.</param>
/// <param name="WaitStatus">Status as of <c>wait(2)</c>; null for a panic of any other reason.</param>
public sealed partial record Panic(string Message, int? WaitStatus)
{
    private const int SignalMask = 0x7f;
    private const int LongestMessage = 300;
    private const int LongestOops = 200;

    /// <summary>PID 1 exited with 0: the expected end of a boot.</summary>
    public bool IsSuccess => WaitStatus == 0;

    public string Explanation => WaitStatus switch
    {
        null => $"the kernel panicked: {Message}",
        { } status when (status & SignalMask) is var signal and not 0 =>
            $"the benchmark was killed by {Signals.Name(signal)} (exitcode=0x{status:x8})",
        { } status => $"the benchmark exited with {(status >> 8) & 0xff} (exitcode=0x{status:x8})",
    };

    internal static Panic? Find(string line)
    {
        if (Words().Match(line) is not { Success: true } match)
            return null;
        int? status = int.TryParse(match.Groups[2].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new Panic(SafeText.Escape(match.Groups[1].Value.Trim(), LongestMessage), status);
    }

    /// <summary>
    /// The fault of its own that a kernel reports in a line, without its time stamp; null where it reports none. It kills whatever runs then, PID 1 among others, which is
    /// no word about the benchmark.
    /// </summary>
    internal static string? FindOops(string line) => OopsWords().Match(line) is { Success: true } match ? SafeText.Escape(match.Value.Trim(), LongestOops) : null;

    [GeneratedRegex("Kernel panic - not syncing: ((?:Attempted to kill init! exitcode=0x([0-9a-f]{1,8}))?.*)$", RegexOptions.Singleline)]
    private static partial Regex Words();

    // "BUG: unable to handle page fault for address: …", "kernel BUG at mm/slub.c:305!", "general protection fault, probably for non-canonical address …: 0000 [#1] SMP",
    // "Oops: 0002 [#1] PREEMPT SMP PTI". A fault of a program is told as "traps: init[1] general protection fault ip:…" and has no number.
    [GeneratedRegex(@"(?<![A-Za-z])(?:BUG: .+|kernel BUG at .+|Unable to handle kernel .+|Oops(?: - [^:]+)?: .+|(?:general protection fault|double fault|invalid opcode|divide error|stack segment|int3|page fault)\b[^\[]*\[#[0-9]+\].*)$", RegexOptions.Singleline)]
    private static partial Regex OopsWords();
}
