namespace SyscallBench.Reports;

/// <summary>Every format that results are written in.</summary>
public static class Exporters
{
    public static IReadOnlyList<IExporter> All { get; } =
    [
        new ArtifactTableExporter(),
        new HtmlExporter(),
        new CsvExporter(),
        new MarkdownExporter(),
        new LatexExporter(),
        new SamplesCsvExporter(),
        .. AllPlots.All.Select(plot => new SvgExporter(plot)),
        .. AllPlots.All.Select(plot => new PngExporter(plot)),
        // Last: a program that waits for it finds everything else there.
        new JsonExporter(),
    ];
}
