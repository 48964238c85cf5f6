using System.Security.Cryptography;

namespace SyscallBench.Reports;

/// <summary>
/// <c>SHA256SUMS</c>, which <c>sha256sum -c</c> checks: removed before the first file of a run is put in place and there again after the last. Where it is missing or
/// does not match, the files are not all of one run.
/// </summary>
internal static class Checksums
{
    public const string FileName = "SHA256SUMS";

    /// <param name="folder">Where the files are, and where the list goes.</param>
    /// <param name="names">Of the files, without the folder.</param>
    public static void Write(string folder, IEnumerable<string> names) =>
        File.WriteAllText(Path.Combine(folder, FileName), string.Concat(names.Order(StringComparer.Ordinal).Select(name => $"{HashOf(Path.Combine(folder, name))}  {name}\n")));

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
