using System.Globalization;

namespace SyscallBench.Consoles;

/// <summary>Decimal numbers as whole multiples of a millionth: exact, and as fast as whole numbers.</summary>
public static class FixedPoint
{
    /// <summary>The number 1.</summary>
    public const long One = 1_000_000;

    private const int MostDecimals = 6;
    private const int FewestDecimals = 3;
    private const long LargestWhole = long.MaxValue / One - 1;

    /// <summary>Reads a number with at most six decimals.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long millionths)
    {
        millionths = 0;
        var point = text.IndexOf((byte)'.');
        var decimals = point < 0 ? default : text[(point + 1)..];
        if (!Digits.TryParse(point < 0 ? text : text[..point], out var whole) || Math.Abs(whole) > LargestWhole)
        {
            return false;
        }

        var fraction = 0L;
        if (point >= 0 && (decimals.Length is 0 or > MostDecimals || decimals[0] == '-' || !Digits.TryParse(decimals, out fraction)))
        {
            return false;
        }

        for (var digits = decimals.Length; digits < MostDecimals; digits++)
        {
            fraction *= 10;
        }

        millionths = (whole * One) + (text[0] == '-' ? -fraction : fraction);
        return true;
    }

    /// <summary>Writes three decimals, as the artifact does, or up to six where they are needed.</summary>
    public static string Format(long millionths)
    {
        var (whole, fraction) = Math.DivRem(Math.Abs(millionths), One);
        var decimals = fraction.ToString("000000", CultureInfo.InvariantCulture);
        while (decimals.Length > FewestDecimals && decimals[^1] == '0')
        {
            decimals = decimals[..^1];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(millionths < 0 ? "-" : "")}{whole}.{decimals}");
    }
}
