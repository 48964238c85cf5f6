using Cake.Core;
using Cake.Git;
using LibGit2Sharp;
using SyscallBench.Sources;

namespace SyscallBench.Build.Adapters;

/// <summary>What core needs of Git, done by Cake.Git's aliases; their exceptions come out as the one line a user can act on.</summary>
public sealed class CakeGitClient(ICakeContext context) : IGitClient
{
    public void Clone(string address, string folder) =>
        Explained(address, () => context.GitClone(address, folder, new GitCloneSettings { Checkout = false }));

    public void Checkout(string folder, string commit) => Explained(folder, () =>
    {
        context.GitCheckout(folder, commit);
        return commit;
    });

    public string? HeadCommit(string folder) => Explained(
        folder, () => Directory.Exists(folder) && context.GitIsValidRepository(folder) ? context.GitLog(folder, 1).FirstOrDefault()?.Sha : null);

    public bool HasLocalChanges(string folder) => Explained(folder, () => context.GitHasUncommitedChanges(folder));

    /// <summary>The commit that is checked out, and <c>-dirty</c> behind it where files differ; null where there is none, or Git does not trust the folder.</summary>
    public string? Describe(string folder)
    {
        try
        {
            return HeadCommit(folder) is not { } commit ? null : HasLocalChanges(folder) ? commit + "-dirty" : commit;
        }
        catch (UserError)
        {
            return null;
        }
    }

    // As git-config(1) has it: of what an address begins with, the longest counts.
    public GitRoute Route(string address)
    {
        try
        {
            using var configuration = Configuration.BuildFrom(null);
            var instead = configuration
                .Where(entry => entry.Key.StartsWith("url.", StringComparison.Ordinal) && entry.Key.EndsWith(".insteadof", StringComparison.Ordinal))
                .Where(entry => address.StartsWith(entry.Value, StringComparison.Ordinal))
                .MaxBy(entry => entry.Value.Length);
            var actual = instead is null ? address : instead.Key["url.".Length..^".insteadof".Length] + address[instead.Value.Length..];
            var proxy = configuration
                .Where(entry => entry.Key.StartsWith("http.", StringComparison.Ordinal) && entry.Key.EndsWith(".proxy", StringComparison.Ordinal))
                .Where(entry => entry.Key.Length <= "http.proxy".Length || actual.StartsWith(entry.Key["http.".Length..^".proxy".Length], StringComparison.OrdinalIgnoreCase))
                .MaxBy(entry => entry.Key.Length);
            return new GitRoute(actual, proxy?.Value);
        }
        catch (LibGit2SharpException error)
        {
            throw new UserError($"Git's configuration cannot be read ({error.Message}); run: git config --list", error);
        }
    }

    private static T Explained<T>(string what, Func<T> alias)
    {
        try
        {
            return alias();
        }
        catch (LibGit2SharpException error) when (error.Message.Contains("not owned", StringComparison.Ordinal))
        {
            throw new UserError($"{what} is another user's, and Git does not trust it; run: git config --global --add safe.directory '{what}' (or, to make it yours: sudo chown -R \"$(id -un)\" '{what}')", error);
        }
        catch (Exception error) when (error is LibGit2SharpException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(error.Message, error);
        }
    }
}
