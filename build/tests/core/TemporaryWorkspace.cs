namespace SyscallBench.Tests;

/// <summary>A source tree of its own for one test, gone afterwards.</summary>
public sealed class TemporaryWorkspace : IDisposable
{
    public TemporaryWorkspace()
    {
        Workspace = new Workspace(Directory.CreateTempSubdirectory("syscall-bench-").FullName);
    }

    public Workspace Workspace { get; }

    public string Root => Workspace.Root;

    /// <summary>Writes a file, with its folders, and says where it is.</summary>
    public string Write(string relative, string text)
    {
        var path = Path.Combine(Root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
