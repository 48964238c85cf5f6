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

    /// <param name="threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
    /// <exception cref="UserError">A document has a row twice, or the two have no comparable row: a gate must not pass because there was nothing to compare.</exception>
    public static Comparison Compare(ResultsDocument baseline, ResultsDocument current, double threshold)
    {
        var before = ByKey(baseline, "the baseline");
        var rows = ByKey(current, "this run").Values
            .Select(now => Counterpart(baseline, before, current, now) is { } old && before.Remove(RowKey.Of(old))
                ? Pair(baseline, old, current, now, threshold)
                : Alone(now, Change.NotComparable, "not in the baseline"))
            .ToList();
        rows.AddRange(before.Values.Select(row => row.Status == RowStatus.Measured
            ? Alone(row, Change.Missing, "this run has no such row")
            : Alone(row, Change.NotComparable, "not measured in the baseline, and not in this run")));

        var places = Dimensions.Varying(current);
        if (rows.All(row => row.Change is Change.NotComparable or Change.Missing))
        {
            var why = rows.OrderByDescending(row => row.Change).FirstOrDefault() is { } row ? $"{row.Platform} {row.Call.Name()}: {row.Reason}" : "neither has a row";
            throw new UserError($"nothing to compare: {why}; give a --baseline measured like this run ({Accelerator(baseline)} before, {Accelerator(current)} now)");
        }

        return new Comparison(threshold, [.. rows.Select(row => row with { Place = PlaceOf(row) })], [.. Conditions.Differences(baseline, current).OrderByDescending(finding => finding.Severity)]);

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

    /// <summary>
    /// The same row of the baseline: of the same setting; else the only one of the same place, since a rebuilt image gives its settings other names; else, where each of the two
    /// has one setting only, the only one of the platform.
    /// </summary>
    private static ResultRow? Counterpart(ResultsDocument baseline, Dictionary<RowKey, ResultRow> before, ResultsDocument current, ResultRow row)
    {
        if (before.TryGetValue(RowKey.Of(row), out var same))
            return same;
        var place = Dimensions.Place(current, row);
        return Only(before.Values.Where(other => IsNamesake(other) && Dimensions.Place(baseline, other) == place), current.Rows.Count(other => IsNamesake(other) && Dimensions.Place(current, other) == place))
            ?? Only(before.Values.Where(IsNamesake), current.Rows.Count(IsNamesake));

        bool IsNamesake(ResultRow other) => other.Platform == row.Platform && other.Call == row.Call;

        static ResultRow? Only(IEnumerable<ResultRow> rows, int now) => now == 1 && rows.ToList() is [var only] ? only : null;
    }

    // A row that was not measured has no setting, and may still be one of several calls or kernels.
    private readonly record struct RowKey(string Platform, Call Call, string? Setting, string? Syscall, string? Kernel)
    {
        public static RowKey Of(ResultRow row) => row.Setting is null ? new(row.Platform, row.Call, null, row.Syscall, row.Kernel) : new(row.Platform, row.Call, row.Setting, null, null);
    }

    private static Dictionary<RowKey, ResultRow> ByKey(ResultsDocument document, string what)
    {
        if (document.Rows.GroupBy(RowKey.Of).FirstOrDefault(same => same.Count() > 1) is { Key: var key })
            throw new UserError($"{what} has two rows {key.Platform} {key.Call.Name()}: a results.json has one of each; run Process again");
        return document.Rows.ToDictionary(RowKey.Of);
    }

    private static string Accelerator(ResultsDocument document) => $"{document.Accelerator}, {document.Unit.Name()}";
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
