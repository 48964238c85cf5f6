namespace SyscallBench.Steps;

/// <summary>Writes a file beside its name first and renames it, so that nobody ever sees half of it.</summary>
public static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    public static void Write(string path, Action<string> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            DiskError.Guard(path, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                write(temporary);
                File.Move(temporary, path, overwrite: true);
            });
        }
        finally
        {
            // Nothing is there any more after the rename; after any failure, also one of the writer's own, half a file is.
            DiskError.Ignore(() => File.Delete(temporary));
        }
    }
}

/// <summary>Says in one line why something could not be written.</summary>
public static class DiskError
{
    private const int WouldBlock = 11;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <exception cref="UserError">The disk refuses the change of this file or folder.</exception>
    public static void Guard(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (Is(error))
        {
            throw Explain(error, path);
        }
    }

    /// <summary>Cleans up: what went wrong before, if anything did, is the failure worth telling.</summary>
    public static void Ignore(Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (Is(error))
        {
        }
    }

    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    public static UserError Explain(Exception error, string path) => error switch
    {
        UnauthorizedAccessException => new($"{path} cannot be written: permission denied; check who owns {Parent(path)}", error),
        _ when Errno(error) is NoSpaceLeft or QuotaExceeded => new($"{path} cannot be written: the disk is full; free some space and run again", error),
        _ when Errno(error) is ReadOnlyFileSystem => new($"{path} cannot be written: its file system is mounted read-only", error),
        _ => new($"{path} cannot be written: {error.Message}", error),
    };

    public static bool IsLocked(Exception error) => Errno(error) is WouldBlock;

    /// <summary>Nothing can be written there, whatever is tried.</summary>
    public static bool IsReadOnly(Exception error) => error is UnauthorizedAccessException || Errno(error) is ReadOnlyFileSystem;

    // .NET on Unix keeps the raw errno in HResult when it knows no Windows equivalent, and a Windows code for a full disk.
    private static int Errno(Exception error) => error.HResult == unchecked((int)0x80070070) ? NoSpaceLeft : error.HResult & 0xffff;

    private static string Parent(string path) => Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : path;
}
