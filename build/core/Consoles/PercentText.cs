using System.Text;

namespace SyscallBench.Consoles;

/// <summary>Values with bytes written as <c>%XX</c>, two upper-case hexadecimal digits.</summary>
internal static class PercentText
{
    /// <summary>Resolves the escapes. Bytes that are no UTF-8 become U+FFFD, control characters stay.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, out string value)
    {
        value = "";
        var bytes = new byte[text.Length];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                bytes[length++] = text[at];
                continue;
            }

            if (at + 2 >= text.Length || Digit(text[at + 1]) is not { } high || Digit(text[at + 2]) is not { } low)
            {
                return false;
            }

            bytes[length++] = (byte)((high << 4) | low);
            at += 2;
        }

        value = Encoding.UTF8.GetString(bytes, 0, length);
        return true;
    }

    private static int? Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => null,
    };
}
