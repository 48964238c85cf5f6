using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary><c>results.json</c>: the contract for every program that reads us.</summary>
public sealed class JsonExporter : TextExporter
{
    public override string FileName => "results.json";

    protected override void Write(Report report, TextWriter writer) => writer.Write(JsonFormat.Serialize(report.Document));
}
