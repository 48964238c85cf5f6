namespace SyscallBench.Model;

/// <summary>Reads files that somebody else may have put there, and no more of them than a file of their kind can be.</summary>
public static class BoundedFile
{
    private const int BytesPerMebibyte = 1024 * 1024;

    /// <summary>The bytes of a file that has to be there, as <see cref="ReadAllBytes"/> reads them.</summary>
    /// <param name="remedy">What to run where it is not.</param>
    /// <exception cref="UserError">The file is missing, larger, or cannot be read.</exception>
    public static byte[] Require(string path, long most, string remedy)
    {
        try
        {
            return ReadAllBytes(path, most);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{path} does not exist: {remedy}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be read: {error.Message}; {remedy}", error);
        }
    }

    /// <summary>The bytes of a file. A FIFO or a device, which could block or never end, is never opened: its length is 0, and so is what comes back.</summary>
    /// <exception cref="IOException">The file is missing, larger, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static byte[] ReadAllBytes(string path, long most)
    {
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (Directory.Exists(file.FullName))
            throw new UnauthorizedAccessException($"{path} is a directory");
        var length = file.Length;
        if (length > most)
            throw new IOException(FormattableString.Invariant($"{path} has {length / BytesPerMebibyte} MiB, more than the {most / BytesPerMebibyte} MiB that are read"));
        if (length == 0)
            return [];

        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
