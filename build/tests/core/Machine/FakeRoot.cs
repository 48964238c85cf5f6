using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

/// <summary>A directory that stands for <c>/</c>, filled by a test and removed after it.</summary>
public sealed class FakeRoot : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("root-").FullName;

    public SystemFiles Files => new(Path);

    public FakeRoot With(string path, string text)
    {
        var file = At(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
        return this;
    }

    public string At(string path) => System.IO.Path.Join(Path, path);

    public string Read(string path) => File.ReadAllText(At(path)).TrimEnd('\n');

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
