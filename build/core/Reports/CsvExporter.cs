namespace SyscallBench.Reports;

/// <summary><c>table.csv</c>: every row with every number at full precision (RFC 4180, comma, header).</summary>
public sealed class CsvExporter : TextExporter
{
    public override string FileName => "table.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine(Line(ResultColumns.All.Select(column => column.Key)));
        foreach (var row in report.Document.Rows)
            writer.WriteLine(Line(ResultColumns.All.Select(column => column.Cell(row).Exact)));
    }

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
