using System.Diagnostics;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>
/// CloneDeps: repositories at their pinned commits. A clone is made aside and renamed when it is whole, so that an interrupted run goes on
/// with the repository it was at.
/// </summary>
public sealed class DependencyClones(Workspace workspace, IGitClient git, IReadOnlyList<GitPin> repositories)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(10);

    /// <summary>What Git says when this machine is at fault, and not the network.</summary>
    private static readonly string[] _ownFaults = ["No space left", "Permission denied", "Read-only file system", "quota exceeded"];

    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Told how many bytes of a repository's objects are there. Git does not say how many there will be.</summary>
    public Action<long>? OnBytes { get; init; }

    /// <param name="mirror">Directory or URL to take <c>&lt;owner&gt;/&lt;repository&gt;.git</c> from; null for GitHub.</param>
    /// <param name="onClone">Told what is about to be cloned, and from where.</param>
    /// <param name="cancellation">Leaves nothing half-cloned in the repository's place.</param>
    /// <exception cref="UserError">A repository cannot be reached, has no such commit, or an existing clone is at another one.</exception>
    public async Task<IReadOnlyList<CloneResult>> RunAsync(string? mirror, Action<GitPin, string>? onClone, CancellationToken cancellation)
    {
        var source = new RepositoryAddress(mirror);
        var present = repositories.Where(pin => Directory.Exists(pin.CloneIn(workspace))).ToList();
        present.ForEach(CheckPin);

        var missing = repositories.Except(present).ToList();
        if (missing.Count > 0)
            await CheckReachableAsync(source, missing, cancellation);
        foreach (var pin in missing)
        {
            onClone?.Invoke(pin, source.Of(pin));
            await CloneAsync(pin, source, cancellation);
        }

        return [.. repositories.Select(pin => new CloneResult(
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
        var route = git.Route(source.Of(missing[0]));
        if (RepositoryAddress.EndpointOf(route.Address) is not var (host, port))
            return;
        if (await NetworkProbe.WhyUnreachableAsync(host, port, route.Proxy, cancellation) is { } why)
            throw new UnreachableError($"cannot clone {string.Join(", ", missing.Select(pin => pin.Repository))}: {why}; {Remedy(source)}");
    }

    private async Task CloneAsync(GitPin pin, RepositoryAddress source, CancellationToken cancellation)
    {
        using var staging = new StagingFolder(workspace, pin.Repository);
        var clone = Path.Combine(staging.Path, pin.Repository);
        var cloning = Task.Run(() => git.Clone(source.Of(pin), clone), cancellation);
        try
        {
            await WaitAsync(cloning, Path.Combine(clone, ".git", "objects"), TimeSpan.FromMilliseconds(200), _deadline, OnBytes, cancellation);
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
        finally
        {
            // Git cannot be stopped, and must not write into a folder that is being removed. It ends with this process, and the next one removes the folder.
            if (!cloning.IsCompleted)
                staging.Leave();
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

    /// <summary>Waits until something has filled a folder that tells nothing while it does: the folder's size is all there is to see.</summary>
    /// <param name="filling">Goes on by itself where this gives up.</param>
    /// <param name="folder">Need not exist yet.</param>
    /// <param name="interval">Time between two looks.</param>
    /// <param name="onBytes">Told how many bytes are there, at each look and once at the end; never fewer than before.</param>
    /// <exception cref="TimeoutException">It took longer than the deadline.</exception>
    internal static async Task WaitAsync(
        Task filling, string folder, TimeSpan interval, TimeSpan deadline, Action<long>? onBytes, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        long most = 0;
        while (await Task.WhenAny(filling, Task.Delay(interval, cancellation)) != filling)
        {
            cancellation.ThrowIfCancellationRequested();
            if (watch.Elapsed >= deadline)
                throw new TimeoutException();
            Look();
        }

        await filling;
        Look();

        void Look()
        {
            // Not there yet, or a temporary file went while it was looked at: the next look sees it.
            most = Math.Max(most, DiskError.Try(() => new DirectoryInfo(folder).EnumerateFiles("*", _everything).Sum(file => file.Length)));
            onBytes?.Invoke(most);
        }
    }

    private static string Remedy(RepositoryAddress source) => source.IsMirror
        ? "check --mirror"
        : "where GitHub is out of reach, give --mirror=DIR-or-URL with <owner>/<repository>.git in it, or leave unikraft out";
}

/// <summary>A repository at its pinned commit.</summary>
/// <param name="Cloned">It was cloned just now; otherwise it was there.</param>
/// <param name="LocallyChanged">Somebody changed files in it; what is built is not the pinned source alone.</param>
public sealed record CloneResult(GitPin Pin, string Folder, bool Cloned, bool LocallyChanged);

/// <summary>What we need of Git. Every method throws a <see cref="UserError"/> with Git's own words when it fails.</summary>
public interface IGitClient
{
    /// <summary>Clones a repository with every branch of it into a folder that does not exist.</summary>
    /// <param name="address">A URL, or the path of a repository.</param>
    void Clone(string address, string folder);

    /// <summary>Makes the work tree that of a commit; local changes to it are lost.</summary>
    void Checkout(string folder, string commit);

    /// <summary>Full SHA-1 of the commit that is checked out; null where the folder is no repository, or an empty one.</summary>
    string? HeadCommit(string folder);

    /// <summary>Whether files that Git knows differ from the commit.</summary>
    bool HasLocalChanges(string folder);

    /// <summary>Where an address leads, as Git is configured.</summary>
    GitRoute Route(string address);
}

/// <summary>What Git asks for the repository of an address.</summary>
/// <param name="Address">The address itself, or what <c>url.….insteadOf</c> makes of it.</param>
/// <param name="Proxy">The proxy that the configuration names for it; null for none.</param>
public sealed record GitRoute(string Address, string? Proxy);
