using System.Text;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What exporters write from.</summary>
/// <param name="document">Everything that results.json says.</param>
/// <param name="samples">The samples behind the numbers, per platform, in the document's order; empty where only a document is at hand.</param>
public sealed class Report(ResultsDocument document, IReadOnlyList<PlatformSamples> samples)
{
    private IReadOnlyList<CallDistribution>? _distributions;

    public ResultsDocument Document => document;

    public IReadOnlyList<PlatformSamples> Samples => samples;

    /// <summary>Where the instructions of a call go; null where nobody looked.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>How the system calls of each platform whose samples differ spread; made once, since several files show it.</summary>
    public IReadOnlyList<CallDistribution> Distributions => _distributions ??= CallDistribution.All(this);
}

/// <summary>The samples of one platform.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Samples">Boot by boot.</param>
public sealed record PlatformSamples(string Platform, IEnumerable<Sample> Samples)
{
    /// <summary>What a tick of them is; null where only samples are at hand.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Name of the setting that they were measured in.</summary>
    public string? Setting { get; init; }
}

/// <summary>
/// Writes a report as one file of one format. To add a format: a class, and a line in <see cref="Exporters"/>. An exporter takes everything it says
/// from the report, so that every file agrees with results.json.
/// </summary>
public interface IExporter
{
    /// <summary>Name of the file inside the results folder.</summary>
    string FileName { get; }

    /// <summary>Whether the report has anything to show in it; where not, no file is written.</summary>
    bool Suits(Report report) => true;

    /// <summary>Writes the whole file; text is UTF-8 without a byte order mark, lines end in LF, numbers in invariant culture.</summary>
    void Export(Report report, Stream output);
}

/// <summary>An exporter whose file is text.</summary>
public abstract class TextExporter : IExporter
{
    public abstract string FileName { get; }

    public virtual bool Suits(Report report) => true;

    public void Export(Report report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        Write(report, writer);
    }

    protected abstract void Write(Report report, TextWriter writer);
}

/// <summary>Every format that results are written in.</summary>
public static class Exporters
{
    public static IReadOnlyList<IExporter> All { get; } =
    [
        new SummaryExporter(),
        new ArtifactTableExporter(),
        new HtmlExporter(),
        new CsvExporter(),
        new MarkdownExporter(),
        new LatexExporter(),
        new SamplesCsvExporter(),
        .. Plots.All.Select(plot => new SvgExporter(plot)),
        .. Plots.All.Select(plot => new PngExporter(plot)),
        // Last: a program that waits for it finds everything else there.
        new JsonExporter(),
    ];
}

/// <summary><c>results.json</c>: the contract for every program that reads us.</summary>
public sealed class JsonExporter : TextExporter
{
    public override string FileName => "results.json";

    protected override void Write(Report report, TextWriter writer) => writer.Write(JsonFormat.Serialize(report.Document));
}
