using System.Globalization;

namespace SyscallBench.Consoles;

/// <summary>Strict numbers: nothing before, nothing behind, no sign but a minus, no overflow.</summary>
internal static class Digits
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > 19)
        {
            return false;
        }

        var sum = 0UL;
        foreach (var character in digits)
        {
            var digit = (uint)(character - '0');
            if (digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + digit;
        }

        // 19 digits fit an unsigned number, but not always a signed one.
        if (sum > (ulong)long.MaxValue + (negative ? 1UL : 0UL))
        {
            return false;
        }

        value = negative ? unchecked(-(long)sum) : (long)sum;
        return true;
    }

    /// <summary>Decimal, negative allowed, or <c>0x</c> hexadecimal.</summary>
    public static bool TryParseAnyBase(ReadOnlySpan<byte> text, out long value)
        => text.StartsWith("0x"u8)
            ? long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : TryParse(text, out value);

    /// <summary>Exactly eight lower-case hexadecimal digits.</summary>
    public static bool TryParseChecksum(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        if (text.Length != 8)
        {
            return false;
        }

        foreach (var character in text)
        {
            var digit = character switch
            {
                >= (byte)'0' and <= (byte)'9' => character - '0',
                >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}
