using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>Which rows a plot shows: those of the document's own unit, since an axis has one unit.</summary>
internal static class PlotRows
{
    public static IReadOnlyList<ResultRow> Of(Report report, Call call) =>
    [
        .. report.Document.Rows.Where(row =>
            row.Call == call && row.Status == RowStatus.Measured && row.Unit == report.Document.Unit && row.Median is not null),
    ];

    /// <summary>The least that a call can cost, which other rows are held against.</summary>
    public static bool IsFloor(ResultRow row) => row.Platform.StartsWith("floor", StringComparison.Ordinal);

    public static string UnitName(Report report) => report.Document.Unit switch
    {
        Unit.Cycles => "TSC cycles",
        Unit.Instructions => "instructions",
        _ => "meaningless ticks",
    };
}
