using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SyscallBench.Steps;

/// <summary>
/// One hash for a tree too large to read (a kernel has 80,000 files): each file's path, size and time of change. A copy of the tree counts as
/// another tree; hidden files do not count.
/// </summary>
public static class TreeStamp
{
    public static string Of(string folder)
    {
        var visible = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
        var lines = new DirectoryInfo(folder)
            .EnumerateFiles("*", visible)
            .Select(file => string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}\n"))
            .Order(StringComparer.Ordinal);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
