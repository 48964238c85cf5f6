using SyscallBench.Model;

namespace SyscallBench.Steps;

/// <summary>Says in one line why something could not be written.</summary>
public static class DiskError
{
    private const int WouldBlock = 11;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    public static UserError Explain(Exception error, string path) => error switch
    {
        UnauthorizedAccessException => new($"{path} cannot be written: permission denied; check who owns {Parent(path)}", error),
        _ when Errno(error) is NoSpaceLeft or QuotaExceeded => new($"{path} cannot be written: the disk is full; free some space and run again", error),
        _ when Errno(error) is ReadOnlyFileSystem => new($"{path} cannot be written: its file system is mounted read-only", error),
        _ => new($"{path} cannot be written: {error.Message}", error),
    };

    /// <summary>Another process has the file's lock.</summary>
    public static bool IsLocked(Exception error) => Errno(error) is WouldBlock;

    /// <summary>Nothing can be written there, whatever is tried.</summary>
    public static bool IsReadOnly(Exception error) => error is UnauthorizedAccessException || Errno(error) is ReadOnlyFileSystem;

    // .NET on Unix keeps the raw errno in HResult when it knows no Windows equivalent, and a Windows code for a full disk.
    private static int Errno(Exception error) => error.HResult == unchecked((int)0x80070070) ? NoSpaceLeft : error.HResult & 0xffff;

    private static string Parent(string path) => Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : path;
}
