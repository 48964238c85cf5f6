using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What a person sees at the end of a run: the two calls of every platform, least first in the catalogue's order, and how they compare with Linux.</summary>
public static class TerminalTable
{
    private static readonly Call[] _calls = [Call.Scall, Call.Fcall];

    public static IEnumerable<string> Lines(ResultsDocument document)
    {
        foreach (var table in ResultTable.Of(document))
        {
            var rows = table.Rows.Where(row => _calls.Contains(row.Call)).OrderBy(row => Array.IndexOf(_calls, row.Call)).ToList();
            yield return table.Title + (table.Unit == Unit.Meaningless ? ": NOT A MEASUREMENT" : string.Empty);
            yield return string.Empty;
            foreach (var line in Aligned([Heading(rows), .. rows.Select(row => Cells(document, row, rows))]))
                yield return "  " + line;
            yield return string.Empty;
        }

        if (document.Ratios.Any(ratio => ratio.Base == "linux" && !ratio.Different && _calls.Contains(ratio.Call)))
            yield return "  ~ no difference beyond noise";
        foreach (var row in document.Rows.Where(row => row.Note is not null && row.Status == RowStatus.Measured).DistinctBy(row => row.Platform))
            yield return $"  {PlatformLabel.Of(row.Platform)}, system call: {row.Note}";
        foreach (var (platform, reason) in ResultTable.NotMeasured(document))
            yield return $"  {PlatformLabel.Of(platform)} was not measured: {reason}";
    }

    private static string[] Heading(List<ResultRow> rows) =>
        [.. new[] { "Platform", "Routine call", "Median", "95 % interval", "Net", "ns", "x Linux" }.Where((_, column) => column != 5 || HasTime(rows))];

    private static string[] Cells(ResultsDocument document, ResultRow row, List<ResultRow> rows)
    {
        string[] cells =
        [
            PlatformLabel.Of(row.Platform),
            row.Call == Call.Scall ? "system call" : "function call",
            Readable.Number(row.Median),
            row.Ci95 is { } interval ? Readable.Interval(interval) : "-",
            Readable.Number(row.Net?.Median),
            Readable.Number(row.Nanoseconds?.Median),
            Ratio(document, row),
        ];
        return [.. cells.Where((_, column) => column != 5 || HasTime(rows))];
    }

    private static bool HasTime(List<ResultRow> rows) => rows.Any(row => row.Nanoseconds is not null);

    private static string Ratio(ResultsDocument document, ResultRow row)
    {
        if (row.Platform == "linux")
            return "1  ";
        return document.Ratios.FirstOrDefault(ratio => ratio.Platform == row.Platform && ratio.Base == "linux" && ratio.Call == row.Call) is { } found
            ? Readable.Ratio(found.Ratio) + (found.Different ? "  " : " ~")
            : "-";
    }

    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> lines)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        return lines.Select(line => string.Join("  ", line.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
