using Cake.Core;
using Cake.Core.IO;
using LibGit2Sharp;

namespace Cake.Git;

public static partial class GitAliases
{
    /// <inheritdoc cref="GitClone(ICakeContext, string, DirectoryPath, GitCloneSettings)"/>
    public static DirectoryPath GitClone(this ICakeContext context, string sourceUrl, DirectoryPath workDirectoryPath) =>
        context.GitClone(sourceUrl, workDirectoryPath, new GitCloneSettings());

    /// <summary>Clones into a folder that is not there yet.</summary>
    /// <returns>The folder that holds the repository's own files.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder to clone into has no parent.</exception>
    /// <exception cref="IOException">The folder is there already.</exception>
    /// <exception cref="LibGit2SharpException">The source cannot be reached or read.</exception>
    public static DirectoryPath GitClone(
        this ICakeContext context, string sourceUrl, DirectoryPath workDirectoryPath, GitCloneSettings cloneSettings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceUrl);
        var folder = Absolute(context, workDirectoryPath);
        var parent = folder.Combine("../").Collapse();
        if (!context.FileSystem.Exist(parent))
            throw new DirectoryNotFoundException($"Failed to find parentFullDirectoryPath: {parent}");
        if (context.FileSystem.Exist(folder))
            throw new IOException($"workFullDirectoryPath already exists: {folder}");

        context.FileSystem.GetDirectory(folder).Create();
        return Repository.Clone(sourceUrl, folder.FullPath, (cloneSettings ?? new GitCloneSettings()).ToCloneOptions());
    }

    public static void GitFetch(this ICakeContext context, DirectoryPath repositoryDirectoryPath, string remoteName = "origin") =>
        context.GitFetch(repositoryDirectoryPath, new GitFetchSettings { Remote = remoteName });

    /// <summary>Gets what the remote's own reference specifications name.</summary>
    /// <exception cref="LibGit2SharpException">The remote cannot be reached or read.</exception>
    public static void GitFetch(this ICakeContext context, DirectoryPath repositoryDirectoryPath, GitFetchSettings fetchSettings)
    {
        ArgumentNullException.ThrowIfNull(fetchSettings);
        using var repository = Open(context, repositoryDirectoryPath);
        var remote = repository.Network.Remotes[fetchSettings.Remote];
        var references = remote.FetchRefSpecs.Where(fetchSettings.RefSpecFilter).Select(reference => reference.Specification);
        var options = new FetchOptions { TagFetchMode = fetchSettings.TagFetchMode, Prune = fetchSettings.Prune };
        Commands.Fetch(repository, remote.Name, references, options, string.Empty);
    }
}
