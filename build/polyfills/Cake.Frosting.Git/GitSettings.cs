using LibGit2Sharp;

namespace Cake.Git;

/// <summary>How to clone.</summary>
public class GitCloneSettings
{
    public bool IsBare { get; set; }

    /// <summary>Whether files are checked out after the clone.</summary>
    public bool Checkout { get; set; } = true;

    /// <summary>Branch to check out; the remote's own choice where null.</summary>
    public string? BranchName { get; set; }

    public bool RecurseSubmodules { get; set; }

    internal CloneOptions ToCloneOptions() => new()
    {
        IsBare = IsBare,
        Checkout = Checkout,
        BranchName = BranchName,
        RecurseSubmodules = RecurseSubmodules,
    };
}

/// <summary>What to fetch.</summary>
public class GitFetchSettings
{
    public string Remote { get; set; } = "origin";

    public Func<RefSpec, bool> RefSpecFilter { get; set; } = _ => true;

    public TagFetchMode? TagFetchMode { get; set; }

    public bool? Prune { get; set; }
}

/// <summary>What a reset touches: the files too (hard), nothing but the branch (soft), or the index (mixed).</summary>
public enum GitResetMode
{
    Hard = ResetMode.Hard,
    Soft = ResetMode.Soft,
    Mixed = ResetMode.Mixed,
}
