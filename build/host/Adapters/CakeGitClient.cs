using Cake.Core;
using Cake.Git;
using LibGit2Sharp;
using SyscallBench.Model;
using SyscallBench.Sources;

namespace SyscallBench.Build.Adapters;

/// <summary>What core needs of Git, done by Cake.Git's aliases; their exceptions come out as the one line a user can act on.</summary>
public sealed class CakeGitClient(ICakeContext context) : IGitClient
{
    /// <inheritdoc/>
    public void Clone(string address, string folder) =>
        Explained(() => context.GitClone(address, folder, new GitCloneSettings { Checkout = false }));

    /// <inheritdoc/>
    public void Checkout(string folder, string commit) => Explained(() => context.GitCheckout(folder, commit));

    /// <inheritdoc/>
    public string? HeadCommit(string folder)
    {
        if (!Directory.Exists(folder) || !context.GitIsValidRepository(folder))
            return null;
        string? head = null;
        Explained(() => head = context.GitLogTip(folder).Sha);
        return head;
    }

    /// <inheritdoc/>
    public bool HasLocalChanges(string folder)
    {
        var changed = false;
        Explained(() => changed = context.GitHasUncommitedChanges(folder));
        return changed;
    }

    private static void Explained(Action alias)
    {
        try
        {
            alias();
        }
        catch (Exception error) when (error is LibGit2SharpException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(error.Message, error);
        }
    }
}
