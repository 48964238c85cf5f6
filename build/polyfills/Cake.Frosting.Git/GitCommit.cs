using LibGit2Sharp;

namespace Cake.Git;

/// <summary>A commit, independent of the repository it was read from.</summary>
public sealed class GitCommit
{
    internal GitCommit(Commit commit)
    {
        Sha = commit.Sha;
        Author = new GitSignature(commit.Author);
        Committer = new GitSignature(commit.Committer);
        Message = commit.Message;
        MessageShort = commit.MessageShort;
    }

    /// <summary>40 hexadecimal digits.</summary>
    public string Sha { get; }

    public GitSignature Author { get; }

    public GitSignature Committer { get; }

    public string Message { get; }

    /// <summary>First line of the message.</summary>
    public string MessageShort { get; }
}

/// <summary>Who, and when.</summary>
public sealed class GitSignature
{
    internal GitSignature(Signature signature)
    {
        Email = signature.Email;
        Name = signature.Name;
        When = signature.When;
    }

    public string Email { get; }

    public string Name { get; }

    public DateTimeOffset When { get; }
}
