namespace SyscallBench.Consoles;

/// <summary>What terminals are sent besides text: escape sequences (ECMA-48) and carriage returns.</summary>
internal static class TerminalNoise
{
    private const byte Escape = 0x1b;
    private const byte Bell = 0x07;

    /// <summary>
    /// The line without its noise: the line itself when there is none, else <paramref name="scratch"/>, which is as long as the longest line.
    /// </summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line, Span<byte> scratch)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.IndexOfAny(Escape, (byte)'\r') < 0)
        {
            return line;
        }

        var length = 0;
        for (var at = 0; at < line.Length;)
        {
            var skipped = line[at] switch
            {
                Escape => EscapeLength(line[at..]),
                (byte)'\r' => 1,
                _ => 0,
            };
            if (skipped == 0)
            {
                scratch[length++] = line[at++];
            }

            at += skipped;
        }

        return scratch[..length];
    }

    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return text.Length;
        }

        return text[1] switch
        {
            (byte)'[' => EndOf(text, text[2..].IndexOfAnyInRange((byte)0x40, (byte)0x7e)),
            (byte)']' => EndOf(text, text[2..].IndexOf(Bell)),
            _ => 2,
        };
    }

    // A sequence that never ends loses its two introducing bytes only: the text behind it may be a record.
    private static int EndOf(ReadOnlySpan<byte> text, int last) => last < 0 ? Math.Min(2, text.Length) : last + 3;
}
