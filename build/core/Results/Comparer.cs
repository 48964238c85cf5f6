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

    /// <param name="threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
    /// <exception cref="UserError">A document has a row twice, or the two have no comparable row: a gate must not pass because there was nothing to compare.</exception>
    public static Comparison Compare(ResultsDocument baseline, ResultsDocument current, double threshold)
    {
        RequireEachOnce(baseline, "the baseline");
        RequireEachOnce(current, "this run");
        var before = baseline.Rows.ToList();
        var rows = current.Rows
            .Select(now => Counterpart(baseline, before, current, now) is { } old && before.Remove(old)
                ? Pair(baseline, old, current, now, threshold)
                : Alone(now, Change.NotComparable, "not in the baseline"))
            .ToList();
        rows.AddRange(before.Select(row => row.Status == RowStatus.Measured
            ? Alone(row, Change.Missing, "this run has no such row")
            : Alone(row, Change.NotComparable, "not measured in the baseline, and not in this run")));

        var places = Dimensions.Varying(current);
        if (rows.All(row => row.Change is Change.NotComparable or Change.Missing))
        {
            var why = rows.OrderByDescending(row => row.Change).FirstOrDefault() is { } row ? $"{row.Platform} {row.Call.Name()}: {row.Reason}" : "neither has a row";
            throw new UserError($"nothing to compare: {why}; give a --baseline measured like this run ({How(baseline)} before, {How(current)} now)");
        }

        return new Comparison(threshold, [.. rows.Select(row => row with { Place = PlaceOf(row) })], [.. Conditions.Differences(baseline, current).OrderByDescending(finding => finding.Severity)]);

        static string How(ResultsDocument document) => $"{document.Accelerator}, {document.Unit.Name()}";

        string? PlaceOf(RowComparison row) =>
            places.Count == 0 || current.Rows.FirstOrDefault(other => other.Platform == row.Platform && other.Setting == row.Setting) is not { } known ? null
            : Dimensions.Label(current, known, places) is { Length: > 0 } label ? label : null;
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
        // The baseline's own noise is already in the difference's interval, so its value is only the scale here. A net cost may be negative, and more is
        // still worse then.
        var scale = Math.Abs(before.Value);
        ComparedValue? relative = scale == 0 ? null
            : new(difference.Value / scale, difference.Ci95 is { } width ? new Interval(width.Low / scale, width.High / scale) : null);
        var (from, to) = difference.Ci95 is { } ci ? (ci.Low, ci.High)
            : relative is { } part ? (part.Value - threshold, part.Value + threshold)
            : (difference.Value, difference.Value);
        var change = from > 0 ? Change.Slower : to < 0 ? Change.Faster : Change.Same;

        return Alone(row, change, difference.Ci95 is null ? "a side has no interval: judged by the threshold alone" : null) with
        {
            Baseline = before.Value,
            Current = after.Value,
            Difference = difference,
            Relative = relative,
            // The clock and the empty loop are the instrument, not what is measured. Growth from nothing exceeds any part of it.
            Regression = change == Change.Slower && (row.Call is Call.Scall or Call.Fcall) && (relative?.Value ?? double.PositiveInfinity) > threshold,
        };
    }

    private static RowComparison Alone(ResultRow row, Change change, string? reason) =>
        new() { Platform = row.Platform, Call = row.Call, Setting = row.Setting, Unit = row.Unit, Change = change, Reason = reason };

    /// <summary>
    /// The same row of the baseline: of the same setting; else the only one of the same place, since a rebuilt image gives its settings other names; else, where each of the two
    /// has one setting only, the only one of the platform.
    /// </summary>
    private static ResultRow? Counterpart(ResultsDocument baseline, IReadOnlyList<ResultRow> before, ResultsDocument current, ResultRow row)
    {
        if (before.FirstOrDefault(other => KeyOf(other) == KeyOf(row)) is { } same)
            return same;
        var place = Dimensions.Place(current, row);
        return Only(before.Where(other => IsNamesake(other) && Dimensions.Place(baseline, other) == place), current.Rows.Count(other => IsNamesake(other) && Dimensions.Place(current, other) == place))
            ?? Only(before.Where(IsNamesake), current.Rows.Count(IsNamesake));

        bool IsNamesake(ResultRow other) => other.Platform == row.Platform && other.Call == row.Call;

        static ResultRow? Only(IEnumerable<ResultRow> rows, int now) => now == 1 && rows.ToList() is [var only] ? only : null;
    }

    // A row that was not measured has no setting, and may still be one of several calls or kernels.
    private static (string Platform, Call Call, string? Setting, string? Syscall, string? Kernel) KeyOf(ResultRow row) =>
        (row.Platform, row.Call, row.Setting, row.Setting is null ? row.Syscall : null, row.Setting is null ? row.Kernel : null);

    private static void RequireEachOnce(ResultsDocument document, string what)
    {
        if (document.Rows.GroupBy(KeyOf).FirstOrDefault(same => same.Count() > 1) is { Key: var key })
            throw new UserError($"{what} has two rows {key.Platform} {key.Call.Name()}: a results.json has one of each; run Process again");
    }
}

/// <summary>What became of a row since the baseline.</summary>
public enum Change
{
    /// <summary>No difference that noise could not explain.</summary>
    Same,

    Faster,

    Slower,

    /// <summary>The two numbers do not answer the same question; the row says why.</summary>
    NotComparable,

    /// <summary>The baseline measured it, and this run did not, or measured something else under its name.</summary>
    Missing,
}

/// <summary>One row of the baseline beside the same row of the current run. Numbers are in <see cref="Unit"/>, per call, net of the loop where there is a net cost.</summary>
public sealed record RowComparison
{
    public required string Platform { get; init; }

    public required Call Call { get; init; }

    /// <summary>Name of its setting now, or in the baseline where there is no such row now.</summary>
    public string? Setting { get; init; }

    /// <summary>What tells it from the platform's other rows, <c>EPYC-v1</c>; null where the run has one setting.</summary>
    public string? Place { get; init; }

    public Unit? Unit { get; init; }

    public double? Baseline { get; init; }

    public double? Current { get; init; }

    public ComparedValue? Difference { get; init; }

    /// <summary>The difference as a fraction of the baseline (0.03 is 3 % more); null where that is zero.</summary>
    public ComparedValue? Relative { get; init; }

    public required Change Change { get; init; }

    public bool Regression { get; init; }

    /// <summary>Why the row could not be compared, or what has to be known about the comparison.</summary>
    public string? Reason { get; init; }
}

/// <param name="Threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
/// <param name="Rows">Every row of either document, in the current document's order, then what only the baseline has.</param>
/// <param name="Findings">What differs between the runs beside the numbers, and may explain them.</param>
public sealed record Comparison(double Threshold, IReadOnlyList<RowComparison> Rows, IReadOnlyList<Finding> Findings)
{
    public const string Schema = "syscall-bench/comparison/v2";

    public IEnumerable<RowComparison> Regressions => Rows.Where(row => row.Regression);

    public IEnumerable<RowComparison> Missing => Rows.Where(row => row.Change == Change.Missing);

    public string ToJson() => JsonFormat.Serialize(new { Schema, Threshold, Regression = Regressions.Any(), Missing = Missing.Any(), Rows, Findings });
}
