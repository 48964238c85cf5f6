using System.Text;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What exporters write from.</summary>
/// <param name="samples">What was measured, with the samples behind the numbers, in the document's order; empty where only a document is at hand.</param>
public sealed class Report(ResultsDocument document, IReadOnlyList<PlatformInput> samples)
{
    private IReadOnlyList<CallDistribution>? _distributions;

    public ResultsDocument Document => document;

    public IReadOnlyList<PlatformInput> Samples => samples;

    /// <summary>Where the instructions of a call go; null where nobody looked.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>How the system calls of each platform whose samples differ spread; made once, since several files show it.</summary>
    public IReadOnlyList<CallDistribution> Distributions => _distributions ??= CallDistribution.All(this);
}

/// <summary>
/// Writes a report as one file of one format. To add a format: a function, and a line in <see cref="Exporters"/>. It takes everything it says from the report, so that every file agrees
/// with results.json. Text is UTF-8 without a byte order mark, lines end in LF, numbers are in invariant culture.
/// </summary>
public sealed record Exporter(string FileName, Action<Report, Stream> Export)
{
    private const int PngScale = 2;

    /// <summary>Whether the report has anything to show in it; where not, no file is written.</summary>
    public Func<Report, bool> Suits { get; init; } = _ => true;

    public static Exporter Text(string fileName, Func<Report, string> text) => new(fileName, (report, output) => output.Write(Encoding.UTF8.GetBytes(text(report))));

    public static Exporter Lines(string fileName, Func<Report, IEnumerable<string>> lines) => Text(fileName, report => string.Concat(lines(report).Select(line => line + "\n")));

    /// <summary>A plot as SVG: transparent, in the colours of the reader's theme.</summary>
    public static Exporter Svg(IPlot plot) => Text($"{plot.Name}.svg", report => Plots.Svg(plot, report)) with { Suits = plot.Suits };

    /// <summary>A plot as PNG on white, twice the size of its SVG for sharp print and dense screens.</summary>
    public static Exporter Png(IPlot plot) => new($"{plot.Name}.png", (report, output) => output.Write(Plots.Png(plot, report, PngScale))) { Suits = plot.Suits };
}

public static class Exporters
{
    public static Exporter Summary { get; } = Exporter.Lines("summary.txt", report => TerminalSummary.Lines(report.Document, folder: null, report.Explanation));

    public static Exporter ArtifactTable { get; } = Exporter.Lines("table.txt", report => Reports.ArtifactTable.Lines(report.Document));

    public static Exporter Html { get; } = Exporter.Text("report.html", HtmlPage.Of);

    public static Exporter Csv { get; } = Exporter.Lines("table.csv", TableFiles.Csv);

    public static Exporter Markdown { get; } = Exporter.Lines("table.md", TableFiles.Markdown);

    public static Exporter Latex { get; } = Exporter.Lines("table.tex", TableFiles.Latex);

    public static Exporter Samples { get; } = Exporter.Lines("samples.csv", TableFiles.Samples);

    /// <summary>The contract for every program that reads us.</summary>
    public static Exporter Json { get; } = Exporter.Text("results.json", report => JsonFormat.Serialize(report.Document));

    /// <summary>The document last: a program that waits for it finds everything else there.</summary>
    public static IReadOnlyList<Exporter> All { get; } =
        [Summary, ArtifactTable, Html, Csv, Markdown, Latex, Samples, .. Plots.All.Select(Exporter.Svg), .. Plots.All.Select(Exporter.Png), Json];
}
