using SyscallBench.Model;

namespace SyscallBench.Sources;

/// <summary>A repository at the one commit that is built.</summary>
/// <param name="Owner">Whose repository it is.</param>
/// <param name="Repository">Its name, and the name of its clone's folder.</param>
/// <param name="Commit">Full SHA-1.</param>
public sealed record GitPin(string Owner, string Repository, string Commit)
{
    public string ShortCommit => Commit[..12];

    /// <summary>Where its clone lives.</summary>
    public string CloneIn(Workspace workspace) => Path.Combine(workspace.Clones, Repository);
}
