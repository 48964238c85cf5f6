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
/// Writes a report as one file of one format. To add a format: a function, and a line in <see cref="All"/>. It takes everything it says from the report, so that every file agrees
/// with results.json. Text is UTF-8 without a byte order mark, lines end in LF, numbers are in invariant culture.
/// </summary>
/// <param name="Export">The file's content; null where the report has nothing to show in it, and there is no file.</param>
public sealed record Exporter(string FileName, Func<Report, byte[]?> Export)
{
    /// <summary>The contract for every program that reads us.</summary>
    public static Exporter Json { get; } = Text("results.json", report => JsonFormat.Serialize(report.Document));

    /// <summary>The document last: a program that waits for it finds everything else there.</summary>
    public static IReadOnlyList<Exporter> All { get; } =
    [
        Lines("summary.txt", report => TerminalSummary.Lines(report.Document, folder: null, report.Explanation)),
        Lines("table.txt", report => ArtifactTable.Lines(report.Document)),
        Text("report.html", HtmlPage.Of),
        Lines("table.csv", TableFiles.Csv),
        Lines("table.md", TableFiles.Markdown),
        Lines("table.tex", TableFiles.Latex),
        Lines("samples.csv", TableFiles.Samples),
        .. Plots.All.SelectMany(Pictures),
        Json,
    ];

    public static Exporter Text(string fileName, Func<Report, string> text) => new(fileName, report => Encoding.UTF8.GetBytes(text(report)));

    public static Exporter Lines(string fileName, Func<Report, IEnumerable<string>> lines) => Text(fileName, report => string.Concat(lines(report).Select(line => line + "\n")));

    /// <summary>A figure as SVG and as PNG.</summary>
    public static IEnumerable<Exporter> Pictures(Figure figure) =>
    [
        new($"{figure.Name}.svg", report => figure.Of(report) is { } picture ? Encoding.UTF8.GetBytes(Plots.Svg(figure.Name, picture)) : null),
        new($"{figure.Name}.png", report => figure.Of(report) is { } picture ? Plots.Png(picture) : null),
    ];
}

/// <summary>
/// The folder that results are written into. Everything is written beside it first and moved in at the end, so that a failure in
/// the middle leaves the old results as they were. Files move one by one, so a crash in just that moment leaves some old and some new;
/// then there is no <c>SHA256SUMS</c>, and Process, which records only what it finished, does it again.
/// </summary>
public sealed class ResultsFolder(string path)
{
    /// <summary>Checked by <c>sha256sum -c</c>.</summary>
    private const string ChecksumFile = "SHA256SUMS";

    private const string Prefix = ".new-";

    /// <summary>Finds out before the work whether its results can be kept.</summary>
    public void Probe() => DiskError.Guard(path, () =>
    {
        Directory.CreateDirectory(path);
        // What a run that was killed could not remove; only one run works here at a time.
        foreach (var stale in Directory.EnumerateDirectories(path, $"{Prefix}*").ToList())
            Remove(stale);
        var probe = Directory.CreateDirectory(Staging());
        File.WriteAllText(Path.Combine(probe.FullName, "probe"), "");
        probe.Delete(recursive: true);
    });

    /// <summary>Writes every file, then puts all of them in place, and their checksums last.</summary>
    /// <exception cref="UserError">Something could not be written, and the old files are untouched; or not put in place, and there are no checksums.</exception>
    public IReadOnlyList<string> Write(Report report, IReadOnlyList<Exporter> exporters, CancellationToken cancellation = default)
    {
        var staging = Staging();
        var names = new List<string>();
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var exporter in exporters)
            {
                cancellation.ThrowIfCancellationRequested();
                if (exporter.Export(report) is not { } content)
                    continue;
                File.WriteAllBytes(Path.Combine(staging, exporter.FileName), content);
                names.Add(exporter.FileName);
            }

            var sums = names.Order(StringComparer.Ordinal).Select(name => $"{Sha256.OfFile(Path.Combine(staging, name))}  {name}\n");
            File.WriteAllText(Path.Combine(staging, ChecksumFile), string.Concat(sums));
            // What this report has nothing to show in would be another run's.
            foreach (var stale in exporters.Select(exporter => exporter.FileName).Except(names).Prepend(ChecksumFile))
                File.Delete(Path.Combine(path, stale));
            foreach (var name in names.Append(ChecksumFile))
                File.Move(Path.Combine(staging, name), Path.Combine(path, name), overwrite: true);
            return [.. names.Append(ChecksumFile).Select(name => Path.Combine(path, name))];
        }
        catch (Exception error) when (DiskError.Is(error))
        {
            throw DiskError.Explain(error, path);
        }
        finally
        {
            Remove(staging);
        }
    }

    // Inside the folder, because only there a rename is sure to stay on one file system.
    private string Staging() => Path.Combine(path, $"{Prefix}{Guid.NewGuid():n}");

    private static void Remove(string folder) => DiskError.Ignore(() => Directory.Delete(folder, recursive: true));
}
