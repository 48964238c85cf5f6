using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The compared rows of one unit as text, for whoever lays them out.</summary>
/// <param name="Unit">Unit of every number in the table.</param>
/// <param name="Rows">The rows, in the comparison's order.</param>
public sealed record ComparisonTable(Unit Unit, IReadOnlyList<RowComparison> Rows)
{
    /// <summary>Titles, and whether the column holds numbers.</summary>
    public static IReadOnlyList<(string Title, bool IsNumber)> Head { get; } =
        [("Platform", false), ("Call", false), ("Baseline", true), ("Now", true), ("Difference", true), ("95 % interval", true), ("Change", true), ("Verdict", false)];

    public static IReadOnlyList<ComparisonTable> Of(Comparison comparison) =>
    [
        .. comparison.Rows
            .Where(row => row.Change != Change.NotComparable && row.Unit is not null)
            .GroupBy(row => row.Unit!.Value)
            .Select(group => new ComparisonTable(group.Key, [.. group])),
    ];

    /// <summary>What could not be compared: each reason once, with the rows it is about.</summary>
    public static IReadOnlyList<(string Rows, string Reason)> NotComparable(Comparison comparison) =>
    [
        .. comparison.Rows
            .Where(row => row.Change == Change.NotComparable)
            .GroupBy(row => (row.Platform, row.Reason))
            .Select(group => ($"{group.Key.Platform} {string.Join(", ", group.Select(row => row.Call.Name()))}", group.Key.Reason ?? "no reason given")),
    ];

    public static IReadOnlyList<string> Cells(RowComparison row) =>
    [
        row.Platform,
        row.Call.Name(),
        Readable.Number(row.Baseline),
        Readable.Number(row.Current),
        Readable.Number(row.Difference?.Value),
        Readable.Interval(row.Difference?.Ci95),
        row.Relative is { } relative ? Readable.SignedPercent(relative.Value) : Readable.Missing,
        Verdict(row),
    ];

    /// <summary>How the verdict of a compared row is to be read.</summary>
    public static Tone Tone(RowComparison row) => row switch
    {
        { Change: Change.Faster } => Model.Tone.Good,
        { Regression: true } => Model.Tone.Bad,
        { Change: Change.Slower } => Model.Tone.Caution,
        _ => Model.Tone.Plain,
    };

    private static string Verdict(RowComparison row)
    {
        var word = row.Change switch
        {
            Change.Same => row.Difference is { IsExact: true } ? "same" : "same within noise",
            Change.Faster => "faster",
            _ => row.Regression ? "slower: regression" : "slower, within the threshold",
        };
        return row.Reason is null ? word : $"{word} ({row.Reason})";
    }
}
