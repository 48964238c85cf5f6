namespace SyscallBench.Doctor;

/// <summary>A folder that will be written to.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Needed">Bytes it will have to hold.</param>
public sealed record FolderNeed(string Path, long Needed);

/// <summary>Whether a folder can take what will be written to it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Needed">Bytes it will have to hold.</param>
/// <param name="Free">Bytes that this user may still write there; null where the file system does not say.</param>
/// <param name="Writable">A file could be made there.</param>
public sealed record FolderState(string Path, long Needed, long? Free, bool Writable)
{
    /// <summary>Tries it: permissions, quotas and read-only mounts are only known by writing.</summary>
    public static FolderState Read(FolderNeed need)
    {
        var folder = Existing(need.Path);
        return new FolderState(need.Path, need.Needed, FreeBytes(folder), CanWrite(folder));
    }

    // A folder that is still to be made is as writable as the nearest one above it.
    private static string Existing(string path)
    {
        while (!System.IO.Path.Exists(path) && System.IO.Path.GetDirectoryName(path) is { } parent)
            path = parent;
        return path;
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            using var probe = new FileStream(
                System.IO.Path.Join(folder, $".doctor-{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
