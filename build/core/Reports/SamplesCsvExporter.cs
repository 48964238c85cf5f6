using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// <c>samples.csv</c>: every round of every boot in the clock's own ticks, nothing subtracted, divided or left out: the columns of <see cref="SampleCsv"/> behind
/// the platform's name.
/// </summary>
public sealed class SamplesCsvExporter : TextExporter
{
    public override string FileName => "samples.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine($"platform,{SampleCsv.Header}");
        foreach (var (platform, samples) in report.Samples)
        {
            foreach (var sample in samples)
                writer.WriteLine($"{platform},{SampleCsv.Line(sample)}");
        }
    }
}
