namespace SyscallBench.Reports;

/// <summary>A table per unit, what its columns mean, and what was not measured.</summary>
public sealed class TableSection : IHtmlSection
{
    public string Id => "tables";

    public string Title => "Tables";

    public Html? Render(Report report) => Html.Join(
    [
        .. ResultTable.Of(report.Document).Select(Table),
        .. Notes(report),
        .. NotMeasured(report),
    ]);

    private static Html Table(ResultTable table)
    {
        var head = table.Columns.Select(column => (column.Title, column.IsNumber)).ToList();
        var rows = table.Rows.Select(row => table.Columns.Select(column => column.Cell(row).Rounded).ToList());
        var legend = table.Columns.Select(column => (column.Title, column.Legend));
        return Html.Of($"{Parts.Table(table.Title, head, rows)}<details><summary>What the columns of this table mean</summary>{Parts.Facts(legend)}</details>");
    }

    private static IEnumerable<Html> Notes(Report report) => report.Document.Rows
        .Where(row => row.Note is not null)
        .Select(row => Html.Of($"<p>{PlatformLabel.Of(row.Platform)}, {ResultColumns.Call.Cell(row).Rounded}: {row.Note}</p>"));

    private static IEnumerable<Html> NotMeasured(Report report) => ResultTable.NotMeasured(report.Document)
        .Select(missing => Html.Of($"<p><strong>{PlatformLabel.Of(missing.Platform)}</strong> was not measured: {missing.Reason}</p>"));
}
