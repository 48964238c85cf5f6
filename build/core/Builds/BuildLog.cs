using System.Text.RegularExpressions;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>Keeps what a build prints, and remembers the line that says why it failed.</summary>
public sealed partial class BuildLog : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;
    private string? _cause;
    private string? _consequence;
    private string? _last;

    /// <exception cref="UserError">The file cannot be written.</exception>
    public BuildLog(string path)
    {
        _path = path;
        _writer = DiskError.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new StreamWriter(path, append: true);
        });
    }

    /// <summary>The first error a tool named, else the last thing make complained about, else the last line.</summary>
    public string Cause => (_cause ?? _consequence ?? _last ?? "it printed nothing").Trim();

    /// <summary>A command whose lines are kept here, too.</summary>
    public ProcessRequest Follow(ProcessRequest command)
    {
        (_cause, _consequence, _last) = (null, null, null);
        _writer.WriteLine($"$ {command.Program} {string.Join(' ', command.Arguments)}");
        _writer.Flush();
        return command with
        {
            Deadline = command.Deadline ?? TimeSpan.FromMinutes(10),
            OnLine = (Action<string>)Add + command.OnLine,
        };
    }

    private void Add(string line)
    {
        DiskError.Guard(_path, () => _writer.WriteLine(line));
        if (string.IsNullOrWhiteSpace(line))
            return;
        _last = line;
        if (ToolError().IsMatch(line))
            _cause ??= line;
        else if (MakeError().IsMatch(line))
            _consequence = line;
    }

    // Where the disk is full, the build has failed for the same reason and says so.
    public void Dispose() => DiskError.Ignore(_writer.Dispose);

    [GeneratedRegex(@"\b(fatal )?error:|undefined reference|No space left on device|Permission denied|Read-only file system|: not found$|command not found|^/usr/bin/env: |^\w+Error: |FAILED at|malformed patch", RegexOptions.IgnoreCase)]
    private static partial Regex ToolError();

    [GeneratedRegex(@"\*\*\*|\bError \d+")]
    private static partial Regex MakeError();
}

/// <summary>A build command failed.</summary>
public sealed class BuildError(BuildFolders folders, string cause, int exitCode)
    : UserError($"building {folders.What} failed: {cause} (exit code {exitCode}); the whole log is {folders.Log}");
