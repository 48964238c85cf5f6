using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>Turns a comparison into success or failure.</summary>
public static class ComparisonGate
{
    /// <summary>The outcome in one line.</summary>
    public static string Summary(Comparison comparison)
    {
        var regressions = comparison.Regressions.ToList();
        if (regressions.Count > 0)
            return $"regression beyond {Readable.SignedPercent(comparison.Threshold)}: {string.Join("; ", regressions.Select(Describe))}";

        var compared = comparison.Rows.Where(row => row.Change != Change.NotComparable).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"no regression beyond {Readable.SignedPercent(comparison.Threshold)}: {Count(compared, Change.Same)} rows same, {Count(compared, Change.Faster)} faster, {Count(compared, Change.Slower)} slower, {comparison.Rows.Count - compared.Count} not comparable");
    }

    /// <exception cref="UserError">A row is slower by more than the threshold.</exception>
    public static void Check(Comparison comparison)
    {
        if (comparison.Regressions.Any())
            throw new UserError($"{Summary(comparison)}; if it is meant, make this run the baseline with --save-baseline");
    }

    private static string Describe(RowComparison row) =>
        $"{row.Platform} {row.Call.Name()} {(row.Relative is { } relative ? Readable.SignedPercent(relative.Value) : "from nothing")} ({Readable.Number(row.Baseline)} to {Readable.Number(row.Current)} {row.Unit?.Name()})";

    private static int Count(List<RowComparison> rows, Change change) => rows.Count(row => row.Change == change);
}
