using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A comparison for the summary of a CI run (GitHub-flavoured Markdown).</summary>
public static class ComparisonMarkdown
{
    public static IEnumerable<string> Lines(Comparison comparison)
    {
        yield return $"**{Markdown.Escape(ComparisonGate.Summary(comparison))}**";
        foreach (var table in ComparisonTable.Of(comparison))
        {
            yield return string.Empty;
            yield return $"### {new ResultTable(table.Unit, []).Title}";
            yield return string.Empty;
            yield return Line(ComparisonTable.Head.Select(column => column.Title));
            yield return Line(ComparisonTable.Head.Select(column => column.IsNumber ? "---:" : "---"));
            foreach (var row in table.Rows)
                yield return Line(ComparisonTable.Cells(row).Select(Markdown.Escape));
        }

        yield return string.Empty;
        foreach (var (rows, reason) in ComparisonTable.NotComparable(comparison))
            yield return $"- not comparable: {Markdown.Escape($"{rows}: {reason}")}";
        foreach (var finding in comparison.Findings)
            yield return $"- {finding.Severity.ToString().ToLowerInvariant()}: {Markdown.Escape($"{finding.Subject}: {finding.Seen}")}";
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
