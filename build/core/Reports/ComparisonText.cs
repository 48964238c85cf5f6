using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A comparison for a terminal: aligned columns.</summary>
public static class ComparisonText
{
    private const string Gap = "  ";

    /// <param name="comparison">What is shown.</param>
    /// <param name="paint">Colours verdicts and severities.</param>
    public static IEnumerable<string> Lines(Comparison comparison, Paint paint)
    {
        ArgumentNullException.ThrowIfNull(paint);
        foreach (var table in ComparisonTable.Of(comparison))
        {
            yield return $"{table.Unit.Name()} per call, threshold {Readable.SignedPercent(comparison.Threshold)}";
            var lines = Aligned([ComparisonTable.Head.Select(column => column.Title).ToList(), .. table.Rows.Select(ComparisonTable.Cells)]);
            yield return lines[0];
            foreach (var (row, line) in table.Rows.Zip(lines.Skip(1)))
                yield return PaintLast(line, ComparisonTable.Cells(row)[^1], text => paint(ComparisonTable.Tone(row), text));
        }

        foreach (var (rows, reason) in ComparisonTable.NotComparable(comparison))
            yield return $"{paint(Tone.Caution, "not comparable:")} {rows}: {reason}";
        foreach (var finding in comparison.Findings)
            yield return $"{paint(finding.Severity.Tone(), finding.Severity.ToString().ToLowerInvariant() + ":")} {finding.Subject}: {finding.Seen}";
        yield return paint(comparison.Regressions.Any() ? Tone.Bad : Tone.Good, ComparisonGate.Summary(comparison));
    }

    private static string PaintLast(string line, string last, Func<string, string> paint) => line[..^last.Length] + paint(last);

    private static IReadOnlyList<string> Aligned(IReadOnlyList<IReadOnlyList<string>> lines)
    {
        var widths = Enumerable.Range(0, ComparisonTable.Head.Count).Select(column => lines.Max(line => line[column].Length)).ToList();
        return [.. lines.Select(line => string.Join(Gap, line.Select((cell, column) =>
            ComparisonTable.Head[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd())];
    }
}
