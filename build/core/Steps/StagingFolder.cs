namespace SyscallBench.Steps;

/// <summary>A folder for work in progress; gone when disposed.</summary>
public sealed class StagingFolder : IDisposable
{
    private bool _isLeft;

    /// <exception cref="UserError">The disk is full or the folder may not be written.</exception>
    public StagingFolder(Workspace workspace, string name)
    {
        Path = System.IO.Path.Combine(workspace.Temporary, FormattableString.Invariant($"{name}.{Environment.ProcessId}.{Guid.NewGuid():n}"));
        DiskError.Guard(Path, () =>
        {
            RemoveOrphans(workspace.Temporary);
            Directory.CreateDirectory(Path);
            Directory.CreateDirectory(workspace.Logs);
        });
    }

    public string Path { get; }

    /// <summary>Moves the file of the target's name to its place.</summary>
    /// <exception cref="UserError">The build left no such file, or it cannot be moved.</exception>
    public void MoveOut(string target)
    {
        var made = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(target));
        if (!File.Exists(made))
            throw new UserError($"the build ended well and yet left no {System.IO.Path.GetFileName(target)}");
        AtomicFile.Write(target, temporary => File.Move(made, temporary));
    }

    // What a killed run left behind: its process is gone.
    private static void RemoveOrphans(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var orphan in Directory.EnumerateDirectories(folder))
        {
            if (System.IO.Path.GetFileName(orphan).Split('.') is [.., var process, _] && !Directory.Exists($"/proc/{process}"))
                Directory.Delete(orphan, recursive: true);
        }
    }

    /// <summary>Something still writes there: it stays until this process is gone, and another one comes by.</summary>
    public void Leave() => _isLeft = true;

    public void Dispose()
    {
        if (!_isLeft)
            DiskError.Ignore(() => Directory.Delete(Path, recursive: true));
    }
}
