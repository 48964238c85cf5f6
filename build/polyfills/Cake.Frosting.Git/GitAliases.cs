using Cake.Core;
using Cake.Core.IO;
using LibGit2Sharp;

namespace Cake.Git;

/// <summary>Git without the git program. Each alias opens the repository, works and closes it.</summary>
public static class GitAliases
{
    /// <summary>Clones into a folder that is not there yet.</summary>
    /// <returns>The folder that holds the repository's own files.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder to clone into has no parent.</exception>
    /// <exception cref="IOException">The folder is there already.</exception>
    /// <exception cref="LibGit2SharpException">The source cannot be reached or read.</exception>
    public static DirectoryPath GitClone(
        this ICakeContext context, string sourceUrl, DirectoryPath workDirectoryPath, GitCloneSettings cloneSettings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceUrl);
        ArgumentNullException.ThrowIfNull(cloneSettings);
        var folder = Absolute(context, workDirectoryPath);
        var parent = folder.Combine("../").Collapse();
        if (!context.FileSystem.Exist(parent))
            throw new DirectoryNotFoundException($"Failed to find parentFullDirectoryPath: {parent}");
        if (context.FileSystem.Exist(folder))
            throw new IOException($"workFullDirectoryPath already exists: {folder}");

        context.FileSystem.GetDirectory(folder).Create();
        return Repository.Clone(sourceUrl, folder.FullPath, new CloneOptions { Checkout = cloneSettings.Checkout });
    }

    /// <summary>Checks out a commit, tag or branch, over whatever was changed.</summary>
    /// <exception cref="NotFoundException">The repository has no such commit.</exception>
    public static void GitCheckout(this ICakeContext context, DirectoryPath repositoryDirectoryPath, string committishOrBranchSpec)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(committishOrBranchSpec);
        using var repository = Open(context, repositoryDirectoryPath);
        Commands.Checkout(repository, committishOrBranchSpec, new CheckoutOptions { CheckoutModifiers = CheckoutModifiers.Force });
    }

    /// <summary>Whether <paramref name="path"/>, a folder, holds a repository.</summary>
    public static bool GitIsValidRepository(this ICakeContext context, DirectoryPath path) => Repository.IsValid(Absolute(context, path).FullPath);

    /// <summary>Whether a tracked file differs from the commit, or a file is there that is neither tracked nor ignored.</summary>
    /// <exception cref="RepositoryNotFoundException">There is no such folder, or no repository in it.</exception>
    public static bool GitHasUncommitedChanges(this ICakeContext context, DirectoryPath path)
    {
        using var repository = Open(context, path);
        return repository.RetrieveStatus().IsDirty;
    }

    /// <summary>The commit that is checked out, and those before it.</summary>
    public static ICollection<GitCommit> GitLog(this ICakeContext context, DirectoryPath repositoryDirectoryPath, int count)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        return [.. repository.Commits.Take(count).Select(commit => new GitCommit(commit.Sha))];
    }

    private static Repository Open(ICakeContext context, DirectoryPath path) => new(Absolute(context, path).FullPath);

    private static DirectoryPath Absolute(ICakeContext context, DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(path);
        return path.MakeAbsolute(context.Environment);
    }
}

/// <summary>How to clone.</summary>
public class GitCloneSettings
{
    /// <summary>Whether files are checked out after the clone.</summary>
    public bool Checkout { get; set; } = true;
}

/// <summary>A commit, independent of the repository it was read from.</summary>
public sealed class GitCommit
{
    internal GitCommit(string sha) => Sha = sha;

    /// <summary>40 hexadecimal digits.</summary>
    public string Sha { get; }
}
