using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Holds one saved run against another, row by row.</summary>
public static class Comparer
{
    /// <summary>Growth tolerated when nobody says otherwise: 2 %, below what anybody would act on and above what a rebuilt kernel shifts by chance.</summary>
    public const double DefaultThreshold = 0.02;

    /// <param name="baseline">What was measured before.</param>
    /// <param name="current">What was measured now.</param>
    /// <param name="threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
    /// <exception cref="UserError">The two have no comparable row: a gate must not pass because there was nothing to hold against it.</exception>
    public static Comparison Compare(ResultsDocument baseline, ResultsDocument current, double threshold)
    {
        var before = ByKey(baseline, "the baseline");
        _ = ByKey(current, "this run");
        var rows = current.Rows
            .Select(row => before.Remove(Key(row), out var old)
                ? Pair(baseline, old, current, row, threshold)
                : Alone(row, "not in the baseline"))
            .ToList();
        rows.AddRange(before.Values.Select(row => Alone(row, "only in the baseline")));

        if (rows.All(row => row.Change == Change.NotComparable))
            throw new UserError($"nothing to compare: {rows.FirstOrDefault()?.Reason ?? "no rows"}; give a --baseline measured like this run ({Accelerator(baseline)} before, {Accelerator(current)} now)");

        return new Comparison(threshold, rows, [.. Circumstances.Differences(baseline, current).OrderByDescending(finding => finding.Severity)]);
    }

    private static RowComparison Pair(ResultsDocument baseline, ResultRow before, ResultsDocument current, ResultRow after, double threshold)
    {
        var refusal = Comparability.Refusal(baseline, before, current, after);
        return refusal is null && ComparedValue.OfMedian(before) is { } was && ComparedValue.OfMedian(after) is { } now
            ? RowComparer.Compare(before, after, was, now, threshold)
            : Alone(after, refusal ?? "no median");
    }

    private static RowComparison Alone(ResultRow row, string reason) =>
        new() { Platform = row.Platform, Call = row.Call, Unit = row.Unit, Change = Change.NotComparable, Reason = reason };

    private static Dictionary<(string Platform, Call Call), ResultRow> ByKey(ResultsDocument document, string what)
    {
        var rows = new Dictionary<(string Platform, Call Call), ResultRow>();
        foreach (var row in document.Rows)
        {
            if (!rows.TryAdd(Key(row), row))
                throw new UserError($"{what} has two rows {row.Platform} {row.Call.Name()}: a results.json has one of each; run Process again");
        }

        return rows;
    }

    private static (string Platform, Call Call) Key(ResultRow row) => (row.Platform, row.Call);

    private static string Accelerator(ResultsDocument document) => $"{document.Accelerator}, {document.Unit.Name()}";
}
