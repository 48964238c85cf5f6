using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A comparison as a person reads it, on a terminal and in the summary of a CI run, and what it means for a gate.</summary>
public static class ComparisonReport
{
    /// <summary>For a terminal; the last line is the outcome.</summary>
    public static IEnumerable<string> Text(Comparison comparison) =>
    [
        .. Tables(comparison).SelectMany(table => (string[])[table.Title, .. table.Text(), ""]),
        .. Notes(comparison).Append(Summary(comparison)).Select(line => SafeText.Escape(line)),
    ];

    /// <summary>GitHub-flavoured Markdown; the first line is the outcome.</summary>
    public static IEnumerable<string> Markdown(Comparison comparison) =>
    [
        $"**{Table.EscapeMarkdown(Summary(comparison))}**",
        .. Tables(comparison).SelectMany(table => table.Markdown().Prepend(string.Empty)),
        string.Empty,
        .. Notes(comparison).Select(note => $"- {Table.EscapeMarkdown(note)}"),
    ];

    /// <exception cref="UserError">A row is slower by more than the threshold, or gone.</exception>
    public static void Check(Comparison comparison, bool allowMissing)
    {
        if (comparison.Regressions.Any())
            throw new UserError($"{Summary(comparison)}; if it is meant, make this run the baseline with --save-baseline");
        if (comparison.Missing.Any() && !allowMissing)
            throw new UserError($"{Summary(comparison)}; run again with these rows, or say --allow-missing");
    }

    public static string Summary(Comparison comparison)
    {
        var threshold = Readable.SignedPercent(comparison.Threshold);
        var missing = comparison.Missing.ToList();
        var gone = missing.Count == 0 ? null
            : $"{Readable.Count(missing.Count, "row")} of the baseline missing: {string.Join("; ", Grouped(missing).Select(group => group.Rows))}";
        if (comparison.Regressions.Any())
            return $"regression beyond {threshold}: {string.Join("; ", comparison.Regressions.Select(Describe).Append(gone).OfType<string>())}";
        var counts = $"{Readable.Count(Count(Change.Same), "row")} same, {Count(Change.Faster)} faster, {Count(Change.Slower)} slower, {Count(Change.NotComparable)} not comparable";
        return gone is null ? $"no regression beyond {threshold}: {counts}" : $"{gone}; the others: {counts}";

        int Count(Change change) => comparison.Rows.Count(row => row.Change == change);
    }

    private static IEnumerable<Table> Tables(Comparison comparison) => comparison.Rows
        .Where(row => row is { Change: Change.Same or Change.Faster or Change.Slower, Unit: not null })
        .GroupBy(row => row.Unit!.Value)
        .Select(unit => new Table(
            $"{Readable.UnitName(unit.Key)} per call, net of the loop; threshold {Readable.SignedPercent(comparison.Threshold)}",
            [
                new("Platform"), .. HasPlaces(comparison) ? [new Heading("Setting")] : (Heading[])[], new("Call"), new("Baseline", true), new("Now", true),
                new("Difference", true), new("95 % interval", true), new("Change", true), new("Verdict"),
            ],
            [.. unit.Where(IsWorthALine).OrderByDescending(row => row.Call).Select(row => (string[])
            [
                row.Platform,
                .. HasPlaces(comparison) ? [row.Place ?? Readable.Missing] : (string[])[],
                row.Call.Name(),
                Readable.Number(row.Baseline),
                Readable.Number(row.Current),
                Readable.Number(row.Difference?.Value),
                row.Difference is { IsExact: true } ? "exact" : Readable.Interval(row.Difference?.Ci95),
                row.Relative is { } relative ? Readable.SignedPercent(relative.Value) : Readable.Missing,
                Verdict(row),
            ])]));

    private static bool HasPlaces(Comparison comparison) => comparison.Rows.Any(row => row.Place is not null);

    // The clock and the empty loop are the instrument; they are looked at where they changed.
    private static bool IsWorthALine(RowComparison row) => row.Call is Call.Scall or Call.Fcall || row.Change != Change.Same;

    private static IEnumerable<string> Notes(Comparison comparison) =>
    [
        .. Grouped(comparison.Missing).Select(group => $"missing: {group.Rows}: {group.Reason}"),
        .. Grouped(comparison.Rows.Where(row => row.Change == Change.NotComparable)).Select(group => $"not comparable: {group.Rows}: {group.Reason}"),
        .. comparison.Findings.Select(finding => $"{finding.Severity.Name()}: {finding.Subject}: {finding.Seen}"),
    ];

    /// <summary>Each reason once, with the rows it is about.</summary>
    private static IEnumerable<(string Rows, string Reason)> Grouped(IEnumerable<RowComparison> rows) => rows
        .GroupBy(row => (row.Platform, row.Place, row.Reason))
        .Select(group => ($"{group.Key.Platform}{Place(group.First())} {string.Join(", ", group.Select(row => row.Call.Name()))}", group.Key.Reason ?? "no reason given"));

    private static string Verdict(RowComparison row)
    {
        var word = row.Change switch
        {
            Change.Same => row.Difference switch { { IsExact: true } => "same", { Ci95: null } => "same, within the threshold", _ => "same within noise" },
            Change.Faster => "faster",
            _ when row.Regression => "slower: regression",
            _ => row.Call is Call.Scall or Call.Fcall ? "slower, within the threshold" : "slower, not judged",
        };
        return row.Reason is null ? word : $"{word} ({row.Reason})";
    }

    private static string Place(RowComparison row) => row.Place is null ? string.Empty : $" ({row.Place})";

    private static string Describe(RowComparison row) =>
        $"{row.Platform}{Place(row)} {row.Call.Name()} {(row.Relative is { } relative ? Readable.SignedPercent(relative.Value) : "from nothing")} ({Readable.Number(row.Baseline)} to {Readable.Number(row.Current)} {row.Unit?.Name()})";
}
