namespace SyscallBench.Tests;

/// <summary>A source tree of its own for one test, gone afterwards.</summary>
public sealed class TemporaryWorkspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syscall-bench-").FullName;

    /// <param name="name">Name of the tree's top folder, where that matters.</param>
    public TemporaryWorkspace(string name = "tree")
    {
        Workspace = new Workspace(Path.Combine(_folder, name));
        Directory.CreateDirectory(Root);
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

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        if (Directory.Exists(Workspace.WorkDirectory))
            Directory.Delete(Workspace.WorkDirectory, recursive: true);
    }
}
