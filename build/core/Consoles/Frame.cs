using System.IO.Hashing;
using System.Text;
using System.Text.RegularExpressions;

namespace SyscallBench.Consoles;

/// <summary>One framed record, <c>@sb1 &lt;seq&gt; &lt;kind&gt; [&lt;key&gt;=&lt;value&gt; ...] *&lt;crc&gt;</c>, its checksum verified.</summary>
/// <param name="Sequence">Null where it is no number that a boot can come to.</param>
/// <param name="Fields">Key-value pairs with a single space between.</param>
/// <param name="Length">Characters of the whole record. What follows in the line belongs to somebody else.</param>
internal sealed record Frame(int? Sequence, string Kind, string Fields, int Length)
{
    public const string Marker = "@sb1";

    private const string ChecksumMark = " *";
    private const int ChecksumLength = 8;

    // A kernel's command line has 2048 bytes at most, each may be escaped.
    private const int Longest = 8192;

    /// <summary>Opens the record at the start of <paramref name="text"/>; null with the reason where there is no valid one.</summary>
    public static Frame? Open(ReadOnlySpan<char> text, out string fault)
    {
        text = text[..Math.Min(text.Length, Longest)];
        var end = text.IndexOf(ChecksumMark, StringComparison.Ordinal);
        var length = end + ChecksumMark.Length + ChecksumLength;
        if (end < 0 || text.Length < length)
        {
            fault = "it has no checksum: the line is cut";
            return null;
        }

        var body = text[..end].ToString();
        var actual = Crc32.HashToUInt32(Encoding.Latin1.GetBytes(body)).ToString("x8", CultureInfo.InvariantCulture);
        if (!text[..length].EndsWith(actual, StringComparison.Ordinal))
        {
            fault = $"its checksum is not {actual}, that of the text: the line is cut or damaged";
            return null;
        }

        fault = "";
        var parts = body.Split(' ', 4);
        int? sequence = parts[0] == Marker && int.TryParse(parts.ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new Frame(sequence, parts.ElementAtOrDefault(2) ?? "", parts.ElementAtOrDefault(3) ?? "", length);
    }
}

/// <summary>The fields of a record by name. The first thing wrong is kept in <see cref="Fault"/>, so that a record is read in one expression and judged afterwards.</summary>
internal sealed partial class RecordFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public RecordFields(string fields)
    {
        foreach (var field in fields.Length == 0 ? [] : fields.Split(' '))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                Fault ??= "a field is no key=value";
            else if (Decode(field[(equals + 1)..]) is not { } value)
                Fault ??= $"key {SafeText.Escape(field[..equals], 40)} has a malformed escape";
            else if (!_values.TryAdd(field[..equals], value))
                Fault ??= $"key {SafeText.Escape(field[..equals], 40)} is there twice";
        }
    }

    public string? Fault { get; private set; }

    public string? Optional(string key) => _values.GetValueOrDefault(key);

    public string Text(string key)
    {
        if (!_values.TryGetValue(key, out var value))
            Fault ??= $"key {key} is missing";
        return value ?? "";
    }

    public long Number(string key, long least = long.MinValue, long most = long.MaxValue) => (long)Whole(key, Text(key), least, most);

    public int Count(string key) => (int)Number(key, 0, int.MaxValue);

    public bool Flag(string key) => Number(key, 0, 1) == 1;

    /// <summary>A number in any base the program's arguments may have, or null for the words <c>any</c> and <c>success</c>.</summary>
    public long? NumberOrAny(string key)
    {
        var text = Text(key);
        return text is "any" or "success" ? null
            : text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex
            : (long)Whole(key, text, long.MinValue, long.MaxValue);
    }

    /// <summary>A clock's difference: every number of 64 bits, with a sign or without, so that an absurd one can be told from text that is none.</summary>
    public double Ticks(string key) => (double)Whole(key, Text(key), long.MinValue, ulong.MaxValue);

    /// <summary>Regions as a sum of bits; null for <c>-</c>, and for a key that older consoles lack.</summary>
    public int? Regions(string key) => Optional(key) is null or "-" ? null : (int)Number(key, 0, 15);

    private Int128 Whole(string key, string text, Int128 least, Int128 most)
    {
        if (!text.StartsWith('+') && Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Fault ??= $"key {key} is malformed: {SafeText.Escape(text, 40)}";
        return 0;
    }

    // Bytes written as %XX, two upper-case hexadecimal digits; what is no UTF-8 becomes U+FFFD.
    private static string? Decode(string text) => !text.Contains('%', StringComparison.Ordinal) ? text
        : text.Count(character => character == '%') != Escape().Count(text) ? null
        : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Escape().Replace(text, escape => $"{(char)Convert.ToByte(escape.Groups[1].Value, 16)}")));

    [GeneratedRegex("%([0-9A-F]{2})")]
    private static partial Regex Escape();
}
