using SyscallBench.Model;

namespace SyscallBench.Steps;

/// <summary>Writes a file beside its name first and renames it, so that nobody ever sees half of it.</summary>
public static class AtomicFile
{
    /// <exception cref="UserError">The disk is full or the folder may not be written.</exception>
    public static void Write(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, Action<string> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, path);
        }
        finally
        {
            // Nothing is there any more after the rename; after any failure, also one of the writer's own, half a file is.
            Forget(temporary);
        }
    }

    private static void Forget(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The write's own failure is the one worth telling.
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
