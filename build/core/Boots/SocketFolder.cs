namespace SyscallBench.Boots;

/// <summary>
/// A folder of this user's own with a short path, gone when disposed of: a Unix socket's path has at most 107 bytes (unix(7)), and a source tree
/// may lie deeper.
/// </summary>
public sealed class SocketFolder : IDisposable
{
    private const int LongestPath = 107;
    private readonly string _folder;

    public SocketFolder()
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var parent = runtime is { Length: > 0 and < LongestPath - 40 } && Directory.Exists(runtime) ? runtime : "/tmp";
        _folder = System.IO.Path.Combine(parent, $"sb-{Guid.NewGuid():n}"[..15]);
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
