using System.Text.RegularExpressions;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>Saved results under names: <c>results/baselines/&lt;name&gt;.json</c>, each a copy of a results.json.</summary>
public sealed partial class Baselines(string folder)
{
    private const string Extension = ".json";

    public IReadOnlyList<string> Names => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"*{Extension}").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Path of what <c>--baseline=</c> names: a saved baseline, or a file.</summary>
    public string Find(string nameOrFile)
    {
        if (IsName().IsMatch(nameOrFile) && Names.Contains(nameOrFile))
            return PathOf(nameOrFile);
        if (File.Exists(nameOrFile))
            return Path.GetFullPath(nameOrFile);

        var known = Names.Count == 0 ? "none is saved yet (--save-baseline=NAME)" : $"saved: {string.Join(", ", Names)}";
        throw new UsageError($"--baseline={nameOrFile}: neither a file nor the name of a baseline; {known}");
    }

    /// <summary>Reads a results file that anybody may have written or edited.</summary>
    /// <exception cref="UserError">It is too large, no regular file, or no results.json.</exception>
    public static ResultsDocument Read(string path)
    {
        var document = ResultsFile.Read(path);
        return Fault(document) is { } fault ? throw new UserError($"{path} {fault}: it was edited or damaged; save it again with --save-baseline") : document;
    }

    /// <summary>Keeps a copy of a results file, and of what explains it, and says where.</summary>
    public string Save(string name, string resultsFile, Explanation? explanation = null)
    {
        if (!IsName().IsMatch(name))
            throw new UsageError($"--save-baseline={name}: a name has letters, digits, '.', '_' and '-', and begins with a letter or a digit");

        AtomicFile.Write(PathOf(name), temporary => File.Copy(resultsFile, temporary));
        if (explanation is not null)
            AtomicFile.Write(Path.Combine(folder, "explain", name + Extension), JsonFormat.Serialize(explanation));
        return PathOf(name);
    }

    // Whoever edited the file may have left out what the types cannot demand.
    private static string? Fault(ResultsDocument document)
    {
        if (document.Rows.FirstOrDefault(row => row.Status == RowStatus.Measured && !(row.Median is { } median && double.IsFinite(median) && double.IsFinite(row.Net?.Median ?? 0))) is { } row)
            return $"says that {row.Platform} {row.Call.Name()} was measured, and has no number for it";
        return document.Rows.Any(row => row.Status == RowStatus.Measured && row.Unit is null) ? "has a measured row without a unit" : null;
    }

    private string PathOf(string name) => Path.Combine(folder, name + Extension);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex IsName();
}
