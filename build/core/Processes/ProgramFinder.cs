using System.Runtime.InteropServices;
using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>Finds programs as a shell would, so that a missing one is said before anything is started.</summary>
public static partial class ProgramFinder
{
    // X_OK of access(2).
    private const int MayExecute = 1;

    /// <summary>Path of the program, or null.</summary>
    /// <param name="program">A name, looked up on <paramref name="searchPath"/>, or a path.</param>
    /// <param name="searchPath">Folders separated by colons; null for the environment's <c>PATH</c>.</param>
    public static string? Find(string program, string? searchPath = null)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return IsExecutable(program) ? Path.GetFullPath(program) : null;

        return (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);
    }

    /// <exception cref="UserError">The program is not there; the message names it and the remedy.</exception>
    public static string Require(string program, string? remedy = null, string? searchPath = null) =>
        Find(program, searchPath)
        ?? throw new UserError($"{program}: no such program on this machine; {remedy ?? "install it, or put its folder on PATH"}");

    private static bool IsExecutable(string path) =>
        File.Exists(path) && Access(path, MayExecute) == 0;

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
