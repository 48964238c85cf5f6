using SyscallBench.Platforms;
using SyscallBench.Reports;

namespace SyscallBench.Compare;

/// <summary>A comparison for a terminal: aligned columns, no colour, no animation.</summary>
public static class ComparisonText
{
    private const string Gap = "  ";

    public static IEnumerable<string> Lines(Comparison comparison)
    {
        foreach (var table in ComparisonTable.Of(comparison))
        {
            yield return $"{table.Unit.Name()} per call, threshold {Readable.SignedPercent(comparison.Threshold)}";
            foreach (var line in Aligned([ComparisonTable.Head.Select(column => column.Title).ToList(), .. table.Rows.Select(ComparisonTable.Cells)]))
                yield return line;
        }

        foreach (var (rows, reason) in ComparisonTable.NotComparable(comparison))
            yield return $"not comparable: {rows}: {reason}";
        foreach (var finding in comparison.Findings)
            yield return $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Subject}: {finding.Seen}";
        yield return ComparisonGate.Summary(comparison);
    }

    private static IEnumerable<string> Aligned(IReadOnlyList<IReadOnlyList<string>> lines)
    {
        var widths = Enumerable.Range(0, ComparisonTable.Head.Count).Select(column => lines.Max(line => line[column].Length)).ToList();
        return lines.Select(line => string.Join(Gap, line.Select((cell, column) =>
            ComparisonTable.Head[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
