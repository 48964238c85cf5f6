namespace SyscallBench.Build.Terminal;

/// <summary>Whether a line may be written over: only where a person looks at a terminal that can do it.</summary>
/// <param name="IsTerminal">Neither output nor errors go to a file or a pipe.</param>
/// <param name="Variable">Reads an environment variable.</param>
public sealed record Animation(bool IsTerminal, Func<string, string?> Variable)
{
    /// <summary>This process's own terminal and environment.</summary>
    public static Animation OfConsole() =>
        new(!Console.IsOutputRedirected && !Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    // Continuous integration often gives a pseudo-terminal, and keeps every byte that is written to it.
    /// <param name="verbosity"><c>quiet</c> and <c>minimal</c> want no progress at all.</param>
    public bool IsWanted(string verbosity) =>
        IsTerminal
        && verbosity is not ("quiet" or "minimal")
        && Variable("TERM") is not (null or "" or "dumb")
        && (Variable("CI") is null or "" or "false");
}
