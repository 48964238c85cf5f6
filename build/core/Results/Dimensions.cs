namespace SyscallBench.Results;

/// <summary>Something in which settings can differ, and which a row then has to say.</summary>
/// <param name="Key">Name in machine-readable files.</param>
/// <param name="Title">Heading where a person reads.</param>
/// <param name="Legend">What its values are.</param>
/// <param name="Value">Of a row; null where the row does not depend on it.</param>
public sealed record Dimension(string Key, string Title, string Legend, Func<ResultsDocument, ResultRow, string?> Value);

/// <summary>What differs between the settings of a document. A document of one setting has no dimension.</summary>
public static class Dimensions
{
    private static readonly Dimension _setting = new("setting", "Setting", "what was equal for all its boots, by its name in results.json", (_, row) => row.Setting);

    /// <summary>What a run can vary, in the order of a table's columns.</summary>
    public static IReadOnlyList<Dimension> All { get; } =
    [
        new("machine", "Machine", "the machine that ran the boots", (document, row) => document.SettingOf(row)?.Machine),
        new("kernel", "Kernel", "the Linux that was built for it, by its series or release", (_, row) => row.Kernel),
        new("cpu", "CPU model", "QEMU's CPU model of the guest", (document, row) => document.SettingOf(row)?.Cpu),
        new("syscall", "System call", "the system call that was timed", (_, row) => row.Syscall),
    ];

    /// <summary>Those in which measured rows differ; the setting's name too, where nothing else tells two rows apart.</summary>
    public static IReadOnlyList<Dimension> Varying(ResultsDocument document, IEnumerable<ResultRow>? rows = null)
    {
        var measured = (rows ?? document.Rows).Where(row => row.Status == RowStatus.Measured).ToList();
        var varying = All.Where(dimension => measured.Select(row => dimension.Value(document, row)).OfType<string>().Distinct().Skip(1).Any()).ToList();
        return measured.GroupBy(row => (row.Platform, row.Call, Place(document, row))).Any(same => same.Skip(1).Any()) ? [.. varying, _setting] : varying;
    }

    /// <summary>Where a row stands in all dimensions, to find it again in another document.</summary>
    public static string Place(ResultsDocument document, ResultRow row) => string.Join('\n', All.Select(dimension => dimension.Value(document, row)));

    /// <summary>Where a row stands in these dimensions, for a person: <c>EPYC-v1, getppid</c>; empty where it depends on none.</summary>
    public static string Label(ResultsDocument document, ResultRow row, IReadOnlyList<Dimension> dimensions) =>
        string.Join(", ", dimensions.Select(dimension => dimension.Value(document, row)).OfType<string>());

    /// <summary>Whether two rows can be held against each other: they differ in nothing that both depend on.</summary>
    public static bool AreAlike(ResultsDocument document, ResultRow row, ResultRow other) =>
        All.All(dimension => dimension.Value(document, row) is not { } value || dimension.Value(document, other) is not { } otherValue || value == otherValue);
}
