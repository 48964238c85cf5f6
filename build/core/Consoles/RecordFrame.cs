namespace SyscallBench.Consoles;

/// <summary>
/// One framed record, <c>@sb1 &lt;seq&gt; &lt;kind&gt; [&lt;key&gt;=&lt;value&gt; ...] *&lt;crc&gt;</c>, its checksum verified. The spans live as
/// long as the line they were found in.
/// </summary>
internal readonly ref struct RecordFrame
{
    private const int ChecksumLength = 8;

    private RecordFrame(long sequence, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> fields, int length)
    {
        Sequence = sequence;
        Kind = kind;
        Fields = fields;
        Length = length;
    }

    /// <summary>Marks a record and its version.</summary>
    public static ReadOnlySpan<byte> Marker => "@sb1"u8;

    private static ReadOnlySpan<byte> ChecksumMark => " *"u8;

    public long Sequence { get; }

    public ReadOnlySpan<byte> Kind { get; }

    /// <summary>Key-value pairs with a single space between.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>Bytes of the whole record. What follows in the line belongs to somebody else.</summary>
    public int Length { get; }

    /// <summary>Opens the record at the start of <paramref name="text"/>.</summary>
    /// <returns>Why it is no valid record; null when it is one.</returns>
    public static string? TryOpen(ReadOnlySpan<byte> text, out RecordFrame frame)
    {
        frame = default;
        var end = text.IndexOf(ChecksumMark);
        if (end < 0)
        {
            return "no checksum: the line is cut";
        }

        var sum = text[(end + ChecksumMark.Length)..];
        if (sum.Length < ChecksumLength || !Digits.TryParseChecksum(sum[..ChecksumLength], out var expected))
        {
            return "no checksum of eight lower-case hexadecimal digits: the line is cut or damaged";
        }

        var actual = Crc32.Of(text[..end]);
        if (actual != expected)
        {
            return $"checksum {expected:x8} does not match {actual:x8} of the text: the line is damaged";
        }

        return TrySplit(text[..end], end + ChecksumMark.Length + ChecksumLength, out frame);
    }

    private static string? TrySplit(ReadOnlySpan<byte> text, int length, out RecordFrame frame)
    {
        frame = default;
        if (text.Length <= Marker.Length || text[Marker.Length] != ' ')
        {
            return "no space behind the marker";
        }

        var rest = text[(Marker.Length + 1)..];
        var space = rest.IndexOf((byte)' ');
        if (space < 0 || !Digits.TryParse(rest[..space], out var sequence) || sequence < 0)
        {
            return "no sequence number";
        }

        rest = rest[(space + 1)..];
        space = rest.IndexOf((byte)' ');
        var kind = space < 0 ? rest : rest[..space];
        frame = new RecordFrame(sequence, kind, space < 0 ? default : rest[(space + 1)..], length);
        return null;
    }
}
