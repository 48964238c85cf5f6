using SyscallBench.Steps;

namespace SyscallBench.Fleet;

/// <summary>
/// What one machine of a fleet has brought: <c>results/fleet/&lt;machine&gt;/</c> with a results.json, or with <c>missing.txt</c>, the reason why it has none
/// (or none of the last job). tools/fleet/measure writes both.
/// </summary>
/// <param name="File">Of somebody who sent just a file: that file, which need not be in the folder.</param>
public sealed record MachineFolder(string Path, string? File = null)
{
    private const string ReasonFile = "missing.txt";
    private const long LongestReason = 64 * 1024;

    public string Machine => System.IO.Path.GetFileName(Path);

    public string ResultsFile => File ?? System.IO.Path.Combine(Path, "results.json");

    public bool HasResults => System.IO.File.Exists(ResultsFile);

    /// <summary>Why there are no results, or none of the last job; null where all is well, or where nobody said anything.</summary>
    public string? Reason => FirstLine(System.IO.Path.Combine(Path, ReasonFile));

    /// <summary>What tools/fleet/measure wrote last; null where there is nothing. On a full disk it writes over what was there, of which later lines may be left.</summary>
    internal static string? FirstLine(string file)
    {
        var bytes = DiskError.Try(() => BoundedFile.ReadAllBytes(file, LongestReason)) ?? [];
        var line = System.Text.Encoding.UTF8.GetString(bytes).Split('\n')[0].Trim();
        return line.Length == 0 ? null : SafeText.Escape(line);
    }

    /// <summary>The machines that a folder holds: it is one's own, has a folder for each, or a file for each.</summary>
    /// <exception cref="UserError">There are none.</exception>
    public static IReadOnlyList<MachineFolder> In(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserError($"--from={folder}: {(System.IO.File.Exists(folder) ? "a file; give the folder that it is in" : "no such folder")}");
        if (new MachineFolder(folder) is { IsOne: true } itself)
            return [itself];
        List<MachineFolder> machines =
        [
            .. Directory.EnumerateDirectories(folder).Select(path => new MachineFolder(path)).Where(machine => machine.IsOne && machine.Machine[0] != '.'),
            .. Directory.EnumerateFiles(folder, "*.json").Select(file => new MachineFolder(System.IO.Path.ChangeExtension(file, null), file)),
        ];
        return machines.Count > 0
            ? [.. machines.OrderBy(machine => machine.Machine, StringComparer.Ordinal)]
            : throw new UserError($"--from={folder}: no results.json in it or in a folder of it, and no MACHINE.json");
    }

    private bool IsOne => HasResults || Reason is not null;

    /// <summary>Says why there is nothing yet, until the machine itself says something else.</summary>
    public void Write(string reason) => AtomicFile.Write(System.IO.Path.Combine(Path, ReasonFile), reason + "\n");
}
