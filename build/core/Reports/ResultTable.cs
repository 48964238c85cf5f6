using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The rows of one unit: units never share a column, so a document with two units has two tables.</summary>
/// <param name="Unit">Unit of every number in the table.</param>
/// <param name="Rows">Measured rows, in the document's order.</param>
public sealed record ResultTable(Unit Unit, IReadOnlyList<ResultRow> Rows)
{
    public IReadOnlyList<Column> Columns => ResultColumns.Readable(Rows);

    /// <summary>What the numbers are, for the line above the table.</summary>
    public string Title => Unit switch
    {
        Unit.Cycles => "TSC cycles per call",
        Unit.Instructions => "Instructions per call",
        _ => "Ticks that measure nothing (TCG without instruction counting)",
    };

    /// <summary>The document's own unit first.</summary>
    public static IReadOnlyList<ResultTable> Of(ResultsDocument document) =>
    [
        .. document.Rows
            .Where(row => row.Status == RowStatus.Measured)
            .GroupBy(row => row.Unit ?? document.Unit)
            .OrderByDescending(group => group.Key == document.Unit)
            .Select(group => new ResultTable(group.Key, [.. group])),
    ];

    /// <summary>What was asked for and has no numbers: each platform once, with its reason. Nobody asks for the empty loop beside calls that were measured.</summary>
    public static IReadOnlyList<(string Platform, string Reason)> NotMeasured(ResultsDocument document) =>
    [
        .. document.Rows
            .Where(row => row.Status == RowStatus.NotMeasured)
            .Where(row => row.Call != Call.Empty || !document.Rows.Any(other => other.Platform == row.Platform && other.Status == RowStatus.Measured))
            .Select(row => (row.Platform, row.Reason ?? "no reason was recorded"))
            .Distinct(),
    ];
}
