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
