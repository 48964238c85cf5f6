using SyscallBench.Model;

namespace SyscallBench.Sources;

/// <summary>What we need of Git. Every method throws a <see cref="UserError"/> with Git's own words when it fails.</summary>
public interface IGitClient
{
    /// <summary>Clones a repository with every branch of it into a folder that does not exist.</summary>
    /// <param name="address">A URL, or the path of a repository.</param>
    /// <param name="folder">Where the work tree comes to lie.</param>
    void Clone(string address, string folder);

    /// <summary>Makes the work tree that of a commit; local changes to it are lost.</summary>
    void Checkout(string folder, string commit);

    /// <summary>Full SHA-1 of the commit that is checked out; null where the folder is no repository, or an empty one.</summary>
    string? HeadCommit(string folder);

    /// <summary>Whether files that Git knows differ from the commit.</summary>
    bool HasLocalChanges(string folder);
}
