namespace SyscallBench.Machine;

/// <summary>The kernel's own files (/proc, /sys, /etc/os-release, …) under a root directory, so that tests run on a tree of their own.</summary>
/// <param name="root">Directory that stands for <c>/</c>.</param>
public sealed class SystemFiles(string root = "/")
{
    /// <summary>Text of a file without white space at its ends; null where it is missing or empty, or the kernel refuses to answer.</summary>
    /// <param name="path">Absolute path as on the machine itself.</param>
    // Attributes of sysfs may exist and still answer ENODEV, EIO or EACCES: for a reader of facts that is "not known".
    public string? Read(string path) => DiskError.Try(() => File.ReadAllText(At(path)).Trim()) is { Length: > 0 } text ? text : null;

    /// <summary>The number that a file holds; null where it holds none.</summary>
    public long? Number(string path) => ParseNumber(Read(path));

    /// <summary>What stands behind <c>name:</c> in a file such as <c>/proc/self/status</c>; null where no line begins so.</summary>
    public string? Field(string path, string name) =>
        Read(path)?.Split('\n').FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();

    public static long? ParseNumber(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>Names of what a directory holds, in ordinal order; none where it is missing.</summary>
    public IReadOnlyList<string> List(string path)
    {
        var directory = new DirectoryInfo(At(path));
        return directory.Exists
            ? [.. directory.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)]
            : [];
    }

    private string At(string path) => Path.Join(root, path);
}
