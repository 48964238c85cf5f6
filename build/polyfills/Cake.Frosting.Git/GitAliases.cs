using Cake.Core;
using Cake.Core.IO;
using LibGit2Sharp;

namespace Cake.Git;

/// <summary>Git without the git program. Each alias opens the repository, works and closes it.</summary>
public static partial class GitAliases
{
    /// <summary>Whether <paramref name="path"/> holds a repository.</summary>
    /// <exception cref="RepositoryNotFoundException">There is no such folder.</exception>
    public static bool GitIsValidRepository(this ICakeContext context, DirectoryPath path) => Repository.IsValid(Existing(context, path));

    /// <summary>Whether a tracked file differs from the commit, or a file is there that is neither tracked nor ignored.</summary>
    /// <exception cref="RepositoryNotFoundException">There is no such folder, or no repository in it.</exception>
    public static bool GitHasUncommitedChanges(this ICakeContext context, DirectoryPath path)
    {
        using var repository = new Repository(Existing(context, path));
        return repository.RetrieveStatus().IsDirty;
    }

    /// <summary>The commit that is checked out.</summary>
    public static GitCommit GitLogTip(this ICakeContext context, DirectoryPath repositoryDirectoryPath)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        return new GitCommit(repository.Head.Tip);
    }

    /// <summary>Checks out a commit, tag or branch, over whatever was changed; or only some files of it.</summary>
    /// <exception cref="NotFoundException">The repository has no such commit.</exception>
    public static void GitCheckout(
        this ICakeContext context, DirectoryPath repositoryDirectoryPath, string committishOrBranchSpec, params FilePath[] filePaths)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(committishOrBranchSpec);
        ArgumentNullException.ThrowIfNull(filePaths);
        using var repository = Open(context, repositoryDirectoryPath);
        var force = new CheckoutOptions { CheckoutModifiers = CheckoutModifiers.Force };
        if (filePaths.Length == 0)
            Commands.Checkout(repository, committishOrBranchSpec, force);
        else
            repository.CheckoutPaths(committishOrBranchSpec, RelativeTo(repository, context, filePaths), force);
    }

    public static void GitReset(this ICakeContext context, DirectoryPath repositoryDirectoryPath, GitResetMode mode)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        repository.Reset((ResetMode)mode);
    }

    public static void GitReset(this ICakeContext context, DirectoryPath repositoryDirectoryPath, GitResetMode mode, string commitId)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        repository.Reset((ResetMode)mode, repository.Lookup<Commit>(commitId));
    }

    /// <summary>Removes untracked files.</summary>
    public static void GitClean(this ICakeContext context, DirectoryPath repositoryDirectoryPath)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        repository.RemoveUntrackedFiles();
    }

    private static Repository Open(ICakeContext context, DirectoryPath path)
    {
        var folder = Absolute(context, path);
        return context.FileSystem.Exist(folder)
            ? new Repository(folder.FullPath)
            : throw new DirectoryNotFoundException($"Failed to find repositoryPath: {folder}");
    }

    private static string Existing(ICakeContext context, DirectoryPath path)
    {
        var folder = Absolute(context, path);
        return context.FileSystem.Exist(folder)
            ? folder.FullPath
            : throw new RepositoryNotFoundException($"Path '{path}' doesn't exists.");
    }

    private static DirectoryPath Absolute(ICakeContext context, DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(path);
        return path.MakeAbsolute(context.Environment);
    }

    private static IEnumerable<string> RelativeTo(Repository repository, ICakeContext context, FilePath[] files)
    {
        var root = new DirectoryPath(repository.Info.WorkingDirectory);
        return files.Select(file => root.GetRelativePath(file.MakeAbsolute(context.Environment)).FullPath);
    }
}
