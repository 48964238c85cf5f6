using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Fleet;

/// <summary>
/// What one machine of a fleet has brought: <c>results/fleet/&lt;machine&gt;/</c> with a results.json, or with <c>missing.txt</c>, the reason why it has none
/// (or none of the last job). tools/fleet/measure writes both.
/// </summary>
/// <param name="Path">Absolute path of the folder.</param>
/// <param name="File">Of somebody who sent just a file: that file, which need not be in the folder.</param>
public sealed record MachineFolder(string Path, string? File = null)
{
    private const string ReasonFile = "missing.txt";
    private const long LongestReason = 64 * 1024;

    /// <summary>The machine's name in the table.</summary>
    public string Machine => System.IO.Path.GetFileName(Path);

    public string ResultsFile => File ?? System.IO.Path.Combine(Path, "results.json");

    /// <summary>What Doctor said of the machine, as JSON.</summary>
    public string DoctorFile => System.IO.Path.Combine(Path, "doctor.json");

    public bool HasResults => System.IO.File.Exists(ResultsFile);

    /// <summary>Why there are no results, or none of the last job; null where all is well, or where nobody said anything.</summary>
    public string? Reason
    {
        get
        {
            try
            {
                var text = System.Text.Encoding.UTF8.GetString(BoundedFile.ReadAllBytes(System.IO.Path.Combine(Path, ReasonFile), LongestReason)).Trim();
                return text.Length == 0 ? null : SafeText.Escape(text);
            }
            catch (Exception none) when (none is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The machines that a folder holds: it is one's own, has a folder for each, or a file for each.</summary>
    /// <exception cref="UserError">There are none.</exception>
    public static IReadOnlyList<MachineFolder> In(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserError($"--from={folder}: no such folder");
        if (new MachineFolder(folder) is { IsOne: true } itself)
            return [itself];
        var machines = Directory.EnumerateDirectories(folder).Select(path => new MachineFolder(path)).Where(machine => machine.IsOne && machine.Machine[0] != '.').ToList();
        if (machines.Count == 0)
            machines = [.. Directory.EnumerateFiles(folder, "*.json").Select(file => new MachineFolder(System.IO.Path.ChangeExtension(file, null), file))];
        return machines.Count > 0
            ? [.. machines.OrderBy(machine => machine.Machine, StringComparer.Ordinal)]
            : throw new UserError($"--from={folder}: no results.json in it, nor in a folder of it");
    }

    private bool IsOne => HasResults || Reason is not null;

    /// <summary>Says why there is nothing yet, until the machine itself says something else.</summary>
    public void Write(string reason) => AtomicFile.Write(System.IO.Path.Combine(Path, ReasonFile), reason + "\n");
}
