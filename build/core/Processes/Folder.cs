using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Processes;

/// <summary>Copies folders.</summary>
internal static class Folder
{
    /// <exception cref="UserError">The disk is full or the target may not be written.</exception>
    public static void Copy(string from, string to)
    {
        try
        {
            Directory.CreateDirectory(to);
            foreach (var file in Directory.EnumerateFiles(from))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, to);
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
