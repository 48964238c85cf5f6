namespace SyscallBench.Reports;

/// <summary><c>table.txt</c>: the layout of the EuroSys'21 artifact.</summary>
public sealed class ArtifactTableExporter : TextExporter
{
    public override string FileName => "table.txt";

    protected override void Write(Report report, TextWriter writer) => writer.Write(TableText.Format(report.Document));
}
