using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// Compares a run with a saved one, row by row. The interval of the difference (<see cref="Mover"/>) decides whether there is a change; the threshold then decides
/// whether a change for the worse is a regression. Exact counts have intervals without width, so any difference of theirs is a change. Where a side has no interval,
/// the threshold alone decides.
/// </summary>
public static class Comparer
{
    /// <summary>Growth tolerated when nobody says otherwise: 2 %, below what anybody would act on and above what a rebuilt kernel shifts by chance.</summary>
    public const double DefaultThreshold = 0.02;

    private const string NoInterval = "a side has no interval: judged by the threshold alone";

    /// <param name="baseline">What was measured before.</param>
    /// <param name="current">What was measured now.</param>
    /// <param name="threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
    /// <exception cref="UserError">A document has a row twice, or the two have no comparable row: a gate must not pass because there was nothing to compare.</exception>
    public static Comparison Compare(ResultsDocument baseline, ResultsDocument current, double threshold)
    {
        var before = ByKey(baseline, "the baseline");
        var rows = ByKey(current, "this run").Values
            .Select(now => Counterpart(before, current, now) is { } old && before.Remove(Key(old))
                ? Pair(baseline, old, current, now, threshold)
                : Alone(now, Change.NotComparable, "not in the baseline"))
            .ToList();
        rows.AddRange(before.Values.Select(row => row.Status == RowStatus.Measured
            ? Alone(row, Change.Missing, "this run has no such row")
            : Alone(row, Change.NotComparable, "not measured in the baseline, and not in this run")));

        if (rows.All(row => row.Change is Change.NotComparable or Change.Missing))
        {
            var why = rows.OrderByDescending(row => row.Change).FirstOrDefault() is { } row ? $"{row.Platform} {row.Call.Name()}: {row.Reason}" : "neither has a row";
            throw new UserError($"nothing to compare: {why}; give a --baseline measured like this run ({Accelerator(baseline)} before, {Accelerator(current)} now)");
        }

        return new Comparison(threshold, rows, [.. Conditions.Differences(baseline, current).OrderByDescending(finding => finding.Severity)]);
    }

    private static RowComparison Pair(ResultsDocument baseline, ResultRow before, ResultsDocument current, ResultRow after, double threshold)
    {
        if (Conditions.Refusal(baseline, before, current, after) is { } refusal)
            return Alone(after, refusal.Change, refusal.Reason);

        // Net is what is judged; without a loop to subtract (the artifact's logs) two medians can stand beside each other, but not one of each.
        return (ComparedValue.OfNet(before), ComparedValue.OfNet(after), ComparedValue.OfMedian(before), ComparedValue.OfMedian(after)) switch
        {
            ({ } was, { } now, _, _) => Judge(after, was, now, threshold),
            (null, null, { } was, { } now) => Judge(after, was, now, threshold),
            _ => Alone(after, Change.Missing, "net of the loop in one of the two only"),
        };
    }

    private static RowComparison Judge(ResultRow row, ComparedValue before, ComparedValue after, double threshold)
    {
        var difference = Mover.Difference(after, before);
        var relative = Relative(difference, before.Value);
        var (from, to) = difference.Ci95 is { } ci ? (ci.Low, ci.High)
            : relative is { } part ? (part.Value - threshold, part.Value + threshold)
            : (difference.Value, difference.Value);
        var change = from > 0 ? Change.Slower : to < 0 ? Change.Faster : Change.Same;

        return new RowComparison
        {
            Platform = row.Platform,
            Call = row.Call,
            Setting = row.Setting,
            Unit = row.Unit,
            Baseline = before.Value,
            Current = after.Value,
            Difference = difference,
            Relative = relative,
            Change = change,
            // The clock and the empty loop are the instrument, not what is measured. Growth from nothing exceeds any part of it.
            Regression = change == Change.Slower && (row.Call is Call.Scall or Call.Fcall) && (relative?.Value ?? double.PositiveInfinity) > threshold,
            Reason = difference.Ci95 is null ? NoInterval : null,
        };
    }

    /// <summary>The baseline's own noise is already in the difference's interval, so its value is only the scale here.</summary>
    private static ComparedValue? Relative(ComparedValue difference, double scale)
    {
        if (scale == 0)
            return null;

        // A net cost may be negative, and more is still worse then.
        var size = Math.Abs(scale);
        return new ComparedValue(difference.Value / size, difference.Ci95 is { } ci ? new Interval(ci.Low / size, ci.High / size) : null);
    }

    private static RowComparison Alone(ResultRow row, Change change, string reason) =>
        new() { Platform = row.Platform, Call = row.Call, Setting = row.Setting, Unit = row.Unit, Change = change, Reason = reason };

    /// <summary>The same row of the baseline: of the same setting; where each of the two has one setting only, they may be called differently.</summary>
    private static ResultRow? Counterpart(Dictionary<(string Platform, Call Call, string? Setting), ResultRow> before, ResultsDocument current, ResultRow row)
    {
        if (before.TryGetValue(Key(row), out var same))
            return same;
        return before.Values.Where(IsNamesake).ToList() is [var only] && current.Rows.Count(IsNamesake) == 1 ? only : null;

        bool IsNamesake(ResultRow other) => other.Platform == row.Platform && other.Call == row.Call;
    }

    private static (string Platform, Call Call, string? Setting) Key(ResultRow row) => (row.Platform, row.Call, row.Setting);

    private static Dictionary<(string Platform, Call Call, string? Setting), ResultRow> ByKey(ResultsDocument document, string what)
    {
        var rows = new Dictionary<(string Platform, Call Call, string? Setting), ResultRow>();
        foreach (var row in document.Rows)
        {
            if (!rows.TryAdd(Key(row), row))
                throw new UserError($"{what} has two rows {row.Platform} {row.Call.Name()}: a results.json has one of each; run Process again");
        }

        return rows;
    }

    private static string Accelerator(ResultsDocument document) => $"{document.Accelerator}, {document.Unit.Name()}";
}
