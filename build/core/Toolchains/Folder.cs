using SyscallBench.Fingerprints;

namespace SyscallBench.Toolchains;

/// <summary>Copies folders.</summary>
internal static class Folder
{
    /// <summary>Copies what is in one folder to another, times and all; a symbolic link stays one.</summary>
    /// <exception cref="UserError">The disk is full or the target may not be written.</exception>
    public static void Copy(string from, string to)
    {
        try
        {
            Directory.CreateDirectory(to);
            foreach (var link in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is not null))
                CopyLink(link, Path.Combine(to, link.Name));
            foreach (var file in new DirectoryInfo(from).EnumerateFiles().Where(file => file.LinkTarget is null))
                file.CopyTo(Path.Combine(to, file.Name), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, to);
        }

        foreach (var folder in new DirectoryInfo(from).EnumerateDirectories().Where(folder => folder.LinkTarget is null))
            Copy(folder.FullName, Path.Combine(to, folder.Name));
    }

    private static void CopyLink(FileSystemInfo link, string to)
    {
        File.Delete(to);
        File.CreateSymbolicLink(to, link.LinkTarget!);
    }
}
