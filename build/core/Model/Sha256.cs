using System.Security.Cryptography;
using System.Text;

namespace SyscallBench.Model;

/// <summary>SHA-256, lower-case hex.</summary>
public static class Sha256
{
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A hash as far as people tell it apart, by its first digits, as git does; anything else as it is.</summary>
    public static string Shortened(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigit) ? value[..12] : value;

    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
