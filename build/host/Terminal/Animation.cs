namespace SyscallBench.Build.Terminal;

/// <summary>Whether a line may be written over: only where a person looks at a terminal that can do it.</summary>
/// <param name="IsTerminal">Neither output nor errors go to a file or a pipe.</param>
/// <param name="Surroundings">The environment.</param>
public sealed record Animation(bool IsTerminal, Surroundings Surroundings)
{
    /// <summary>This process's own terminal and environment.</summary>
    public static Animation OfConsole() => new(!Console.IsOutputRedirected && !Console.IsErrorRedirected, Surroundings.OfProcess());

    /// <param name="verbosity"><c>quiet</c> and <c>minimal</c> want no progress at all.</param>
    public bool IsWanted(string verbosity) => IsTerminal && verbosity is not ("quiet" or "minimal") && Surroundings.SuitEscapes;
}
