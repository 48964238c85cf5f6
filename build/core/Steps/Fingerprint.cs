namespace SyscallBench.Steps;

/// <summary>
/// Everything a step's output depends on, by name: file contents as hashes, pins, options and tool versions as they are. Two equal
/// fingerprints mean that building again would give the same output. Paths of this machine do not enter.
/// </summary>
public sealed class Fingerprint(FileHasher hasher)
{
    // Two hashes are longer.
    private const int ShortEnoughToSay = 100;

    private static readonly EnumerationOptions _everyVisibleFile =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    private readonly SortedDictionary<string, string> _inputs = new(StringComparer.Ordinal);

    /// <summary>Input name to value, sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Inputs => _inputs;

    /// <summary>Adds an option, a pin or a tool's version.</summary>
    public Fingerprint Add(string name, string value)
    {
        _inputs.Add(name, value);
        return this;
    }

    public Fingerprint Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds this program itself, by its content, since it is compiled deterministically: what it makes of the same files may be something else tomorrow.</summary>
    public Fingerprint AddProgram() => Add("this program", typeof(Fingerprint).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..12]);

    /// <summary>Adds a file's content under a name that is the same on every machine.</summary>
    /// <exception cref="UserError">The file does not exist.</exception>
    public Fingerprint AddFile(string name, string path)
    {
        if (!File.Exists(path))
            throw new UserError($"{path} is missing: restore it (git checkout) and run again");
        return Add(name, hasher.Hash(path));
    }

    /// <summary>Adds each file below a folder, under its path relative to that folder; hidden files and <c>README.md</c> build nothing.</summary>
    /// <exception cref="UserError">The folder does not exist.</exception>
    public Fingerprint AddFolder(string folder, string prefix = "")
    {
        if (!Directory.Exists(folder))
            throw new UserError($"{folder} is missing: restore it (git checkout) and run again");
        foreach (var file in Directory.EnumerateFiles(folder, "*", _everyVisibleFile))
        {
            if (Path.GetFileName(file) is not "README.md")
                AddFile(prefix + Path.GetRelativePath(folder, file), file);
        }

        return this;
    }

    /// <summary>
    /// Adds a tree too large to read (a kernel has 80,000 files) by each file's path, size and time of change. A copy of the tree counts as another;
    /// hidden files do not count.
    /// </summary>
    public Fingerprint AddTree(string name, string folder)
    {
        var lines = new DirectoryInfo(folder)
            .EnumerateFiles("*", _everyVisibleFile)
            .Select(file => FormattableString.Invariant($"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}\n"))
            .Order(StringComparer.Ordinal);
        return Add(name, Sha256.Of(string.Concat(lines)));
    }

    /// <summary>What differs first, in words: <c>bench.c changed</c>, <c>--cpu was max, is EPYC-v1</c>; null where nothing does.</summary>
    public static string? FirstDifference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        foreach (var (name, value) in now)
        {
            if (!before.TryGetValue(name, out var old))
                return $"{name} is new";
            if (old != value)
                return old.Length + value.Length > ShortEnoughToSay || old.Contains('\n', StringComparison.Ordinal) ? $"{name} changed" : $"{name} was {old}, is {value}";
        }

        return before.Keys.FirstOrDefault(name => !now.ContainsKey(name)) is { } gone ? $"{gone} is gone" : null;
    }

}
