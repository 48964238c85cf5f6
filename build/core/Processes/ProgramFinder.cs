namespace SyscallBench.Processes;

/// <summary>Finds programs as a shell would, so that a missing one is said before anything is started.</summary>
public static class ProgramFinder
{
    private const UnixFileMode MayExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="program">A name, looked up on <c>PATH</c>, or a path.</param>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return IsExecutable(program) ? Path.GetFullPath(program) : null;

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);
    }

    public static string Require(string program, string? remedy = null) =>
        Find(program) ?? throw new UserError($"{program}: no such program on this machine; {remedy ?? "install it, or put its folder on PATH"}");

    private static bool IsExecutable(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & MayExecute) != 0;
}
