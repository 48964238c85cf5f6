using Cake.Core;
using Cake.Git;
using LibGit2Sharp;
using SyscallBench.Model;
using SyscallBench.Sources;

namespace SyscallBench.Build.Adapters;

/// <summary>What core needs of Git, done by Cake.Git's aliases; their exceptions come out as the one line a user can act on.</summary>
public sealed class CakeGitClient(ICakeContext context) : IGitClient
{
    public void Clone(string address, string folder) =>
        Explained(() => context.GitClone(address, folder, new GitCloneSettings { Checkout = false }));

    public void Checkout(string folder, string commit) => Explained(() => context.GitCheckout(folder, commit));

    public string? HeadCommit(string folder)
    {
        string? head = null;
        Explained(() => head = Directory.Exists(folder) && context.GitIsValidRepository(folder) ? context.GitLog(folder, 1).FirstOrDefault()?.Sha : null, folder);
        return head;
    }

    public bool HasLocalChanges(string folder)
    {
        var changed = false;
        Explained(() => changed = context.GitHasUncommitedChanges(folder), folder);
        return changed;
    }

    public string? Proxy(string address)
    {
        // As git-config(1) has it: http.proxy, or http.<url>.proxy for addresses that begin so, of which the longest counts.
        using var configuration = Configuration.BuildFrom(null);
        return configuration
            .Where(entry => entry.Key.StartsWith("http.", StringComparison.OrdinalIgnoreCase) && entry.Key.EndsWith(".proxy", StringComparison.OrdinalIgnoreCase))
            .Where(entry => entry.Key.Length <= "http.proxy".Length || address.StartsWith(entry.Key["http.".Length..^".proxy".Length], StringComparison.OrdinalIgnoreCase))
            .MaxBy(entry => entry.Key.Length)?.Value;
    }

    private static void Explained(Action alias, string? folder = null)
    {
        try
        {
            alias();
        }
        catch (LibGit2SharpException error) when (folder is not null && error.Message.Contains("not owned", StringComparison.Ordinal))
        {
            throw new UserError($"{folder} is another user's, and Git does not trust it; run: sudo chown -R \"$(id -un)\" '{folder}', or: git config --global --add safe.directory '{folder}'", error);
        }
        catch (Exception error) when (error is LibGit2SharpException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(error.Message, error);
        }
    }
}
