namespace SyscallBench.Build.Terminal;

/// <summary>What the environment says about who reads the output.</summary>
/// <param name="Variable">Reads an environment variable.</param>
public sealed record Surroundings(Func<string, string?> Variable)
{
    /// <summary>This process's own environment.</summary>
    public static Surroundings OfProcess() => new(Environment.GetEnvironmentVariable);

    // Continuous integration often gives a pseudo-terminal, and keeps every byte that is written to it.
    /// <summary>Whether a terminal, if it is one, understands escapes and is looked at by a person.</summary>
    public bool SuitEscapes =>
        Variable("TERM") is not (null or "" or "dumb")
        && (Variable("CI") is null or "" or "false");

    /// <summary>The user's standing wish for no colours; an empty value is none (no-color.org).</summary>
    public bool RefuseColours => !string.IsNullOrEmpty(Variable("NO_COLOR"));
}
