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
