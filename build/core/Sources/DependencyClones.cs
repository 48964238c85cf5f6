using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>
/// CloneDeps: every repository at its pinned commit. A clone is made aside and renamed when it is whole, so that an interrupted run goes on
/// with the repository it was at.
/// </summary>
public sealed class DependencyClones(Workspace workspace, IGitClient git)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(10);

    /// <summary>What Git says when this machine is at fault, and not the network.</summary>
    private static readonly string[] _ownFaults = ["No space left", "Permission denied", "Read-only file system", "quota exceeded"];

    private readonly NetworkProbe _probe = new();

    /// <summary>Defaults to the repositories that the build needs; tests have their own.</summary>
    public IReadOnlyList<GitPin> Repositories { get; init; } = Pins.Repositories;

    /// <summary>Told how many bytes of a repository's objects are there. Git does not say how many there will be.</summary>
    public Action<GitPin, long>? OnBytes { get; init; }

    /// <param name="mirror">Directory or URL to take <c>&lt;owner&gt;/&lt;repository&gt;.git</c> from; null for GitHub.</param>
    /// <param name="onClone">Told what is about to be cloned, and from where.</param>
    /// <param name="cancellation">Leaves nothing half-cloned in the repository's place.</param>
    /// <exception cref="UserError">A repository cannot be reached, has no such commit, or an existing clone is at another one.</exception>
    public async Task<IReadOnlyList<CloneResult>> RunAsync(string? mirror, Action<GitPin, string>? onClone, CancellationToken cancellation)
    {
        var source = new RepositoryAddress(mirror);
        var present = Repositories.Where(pin => Directory.Exists(pin.CloneIn(workspace))).ToList();
        present.ForEach(CheckPin);

        var missing = Repositories.Except(present).ToList();
        if (missing.Count > 0)
            await CheckReachableAsync(source, missing, cancellation);
        foreach (var pin in missing)
        {
            onClone?.Invoke(pin, source.Of(pin));
            await CloneAsync(pin, source, cancellation);
        }

        return [.. Repositories.Select(pin => new CloneResult(
            pin, pin.CloneIn(workspace), missing.Contains(pin), present.Contains(pin) && git.HasLocalChanges(pin.CloneIn(workspace))))];
    }

    private void CheckPin(GitPin pin)
    {
        var folder = pin.CloneIn(workspace);
        var head = git.HeadCommit(folder);
        if (head != pin.Commit)
        {
            throw new UserError($"{folder} is at commit {head ?? "none"}, not at the pinned {pin.Commit}; "
                + $"remove the folder to have it cloned again, or run: git -C '{folder}' checkout {pin.Commit}");
        }
    }

    private async Task CheckReachableAsync(RepositoryAddress source, IReadOnlyList<GitPin> missing, CancellationToken cancellation)
    {
        if (source.IsDirectory && missing.FirstOrDefault(pin => !Directory.Exists(source.Of(pin))) is { } absent)
            throw new UserError($"the mirror has no {source.Of(absent)}; make it with: git clone --mirror https://github.com/{absent.Owner}/{absent.Repository}.git");
        if (source.Endpoint is not var (host, port))
            return;
        if (await _probe.WhyUnreachableAsync(host, port, cancellation) is { } why)
            throw new UnreachableError($"cannot clone {string.Join(", ", missing.Select(pin => pin.Repository))}: {why}; {Remedy(source)}");
    }

    private async Task CloneAsync(GitPin pin, RepositoryAddress source, CancellationToken cancellation)
    {
        using var staging = new StagingFolder(workspace, pin.Repository);
        var clone = Path.Combine(staging.Path, pin.Repository);
        try
        {
            await new GrowingFolder(Path.Combine(clone, ".git", "objects")).WaitAsync(
                Task.Run(() => git.Clone(source.Of(pin), clone), cancellation), _deadline, bytes => OnBytes?.Invoke(pin, bytes), cancellation);
        }
        catch (TimeoutException)
        {
            throw new UnreachableError($"cloning {source.Of(pin)} did not end within {_deadline.TotalMinutes:0} min; {Remedy(source)}");
        }
        catch (UserError error) when (_ownFaults.Any(fault => error.Message.Contains(fault, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UserError($"cannot clone {pin.Repository} into {workspace.Clones}: {error.Message}", error);
        }
        catch (UserError error)
        {
            throw new UnreachableError($"cannot clone {source.Of(pin)}: {error.Message}; {Remedy(source)}");
        }

        try
        {
            git.Checkout(clone, pin.Commit);
        }
        catch (UserError error)
        {
            throw new UserError($"{source.Of(pin)} has no commit {pin.Commit}: {error.Message}");
        }

        Directory.CreateDirectory(workspace.Clones);
        Directory.Move(clone, pin.CloneIn(workspace));
    }

    private static string Remedy(RepositoryAddress source) => source.IsMirror
        ? "check --mirror"
        : "where GitHub is out of reach, give --mirror=DIR-or-URL with <owner>/<repository>.git in it, or leave unikraft out";
}
