using System.Buffers;
using System.Text;

namespace SyscallBench.Model;

/// <summary>
/// Text that somebody else wrote (a guest, QEMU, a tool, a baseline) made fit to be shown: it stays on its line, and neither moves a cursor nor turns what stands beside it around.
/// For a page of HTML, escape the result once more as HTML.
/// </summary>
public static class SafeText
{
    /// <summary>Characters of one text that are shown unless told otherwise.</summary>
    public const int DefaultLength = 2000;

    /// <summary>
    /// Control characters (C0, DEL, C1), line and paragraph separators, and what Unicode calls format characters (bidirectional overrides, joiners, byte order marks)
    /// become <c>\n</c>, <c>\x1b</c> or <c>\u202e</c>; what is longer than <paramref name="longest"/> ends in <c>…</c>.
    /// </summary>
    public static string Escape(string? text, int longest = DefaultLength)
    {
        if (text is null)
            return "";
        if (text.Length <= longest && text.All(character => character is >= ' ' and <= '~'))
            return text;

        var safe = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            // Half of a pair is never shown, and a pair never cut in two.
            var isShown = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == OperationStatus.Done && !IsUnsafe(Rune.GetUnicodeCategory(rune));
            if (safe.Length + length > longest)
                return safe.Append('…').ToString();
            safe.Append(isShown ? text.Substring(at, length) : string.Concat(text.Substring(at, length).Select(Escape)));
            at += length;
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Escape(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        <= '\xff' => FormattableString.Invariant($@"\x{(int)character:x2}"),
        _ => FormattableString.Invariant($@"\u{(int)character:x4}"),
    };
}
