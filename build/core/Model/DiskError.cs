namespace SyscallBench.Model;

/// <summary>What becomes of a file system's refusal: one line for the user, or nothing at all.</summary>
public static class DiskError
{
    private const int WouldBlock = 11;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <exception cref="UserError">The disk refuses the change of this file or folder.</exception>
    public static T Guard<T>(string path, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception error) when (Is(error))
        {
            throw Explain(error, path);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, Action change) => Guard(path, () =>
    {
        change();
        return true;
    });

    /// <summary>The default of the type where the disk refuses.</summary>
    public static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (Is(error))
        {
            return default;
        }
    }

    /// <summary>Cleans up: what went wrong before, if anything did, is the failure worth telling.</summary>
    public static void Ignore(Action change) => Try(() =>
    {
        change();
        return true;
    });

    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    public static UserError Explain(Exception error, string path) => error switch
    {
        UnauthorizedAccessException => new($"{path} cannot be written: permission denied; check who owns {Path.GetDirectoryName(Path.GetFullPath(path))}", error),
        _ when Errno(error) is NoSpaceLeft or QuotaExceeded => new($"{path} cannot be written: the disk is full; free some space and run again", error),
        _ when Errno(error) is ReadOnlyFileSystem => new($"{path} cannot be written: its file system is mounted read-only", error),
        _ => new($"{path} cannot be written: {error.Message}", error),
    };

    public static bool IsLocked(Exception error) => Errno(error) is WouldBlock;

    /// <summary>Nothing can be written there, whatever is tried.</summary>
    public static bool IsReadOnly(Exception error) => error is UnauthorizedAccessException || Errno(error) is ReadOnlyFileSystem;

    // .NET on Unix keeps the raw errno in HResult when it knows no Windows equivalent, and a Windows code for a full disk.
    private static int Errno(Exception error) => error.HResult == unchecked((int)0x80070070) ? NoSpaceLeft : error.HResult & 0xffff;
}
