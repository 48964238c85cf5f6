using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// <c>report.html</c>: the whole story in one file that needs no network, no script and no other file. To add a section: a function, and a line in the list.
/// </summary>
internal static class HtmlPage
{
    private static readonly IReadOnlyList<(string Id, string Title, Func<Report, Html?> Render)> _sections =
    [
        ("tables", "Tables", Tables),
        ("figures", "Figures", Figures),
        ("path", "Where the instructions go", HtmlExplanation.Section),
        ("machines", "Machines", HtmlMachines.Machines),
        ("findings", "Findings", Findings),
        ("paper", "Against the paper", HtmlProvenance.Paper),
        ("mitigations", "Mitigations", HtmlProvenance.Mitigations),
        ("provenance", "Machine and provenance", HtmlProvenance.Provenance),
    ];

    public static string Of(Report report)
    {
        var sections = _sections
            .Select(section => (section.Id, section.Title, Content: section.Render(report)))
            .Where(section => section.Content is not null)
            .ToList();
        var sentences = Answer.Of(report.Document);

        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="{sentences[0]}">
            <link rel="icon" href="data:,">
            <title>{Answer.Question}</title>
            <style>{Html.Trusted(Style())}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the result</a>
            <header>
            <h1>{Answer.Question}</h1>
            </header>
            <main id="main" tabindex="-1">
            <p class="answer">{sentences[0]}</p>
            {NotMeasured(report)}
            <p>{string.Join(' ', sentences.Skip(1))}</p>
            <nav aria-label="Sections"><ul>{sections.Select(section => Html.Of($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>"))}</ul></nav>
            {sections.Select(section => Html.Of($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{section.Title}</h2>\n{section.Content}\n</section>"))}
            </main>
            </body>
            </html>

            """).Markup;
    }

    /// <summary>Said on the first screen: whoever misses a row looks there.</summary>
    private static IEnumerable<Html> NotMeasured(Report report) => ResultTable.NotMeasured(report.Document)
        .GroupBy(missing => missing.Reason, missing => PlatformLabel.Of(report.Document, missing.Platform))
        .Select(group => Html.Of($"<p class=\"missing\"><strong>Not measured: {string.Join(" and ", group)}.</strong> {SafeText.Escape(group.Key)}</p>"))
        .Concat(report.Document.Machines.Where(machine => machine.Reason is not null).Select(machine => Html.Of($"<p class=\"missing\"><strong>{machine.Name}:</strong> {machine.Reason}</p>")));

    private static Html? Figures(Report report)
    {
        var exact = ResultTable.IsExact(report.Document.Rows.Where(row => row.Call == Call.Scall && row.Unit == report.Document.Unit && row.Status == RowStatus.Measured))
            ? Html.Of($"<p>All rounds of all guests gave the same counts, so there is no spread to draw.</p>")
            : Html.Of($"");
        return Html.Join([.. Plots.All.Where(plot => plot is not PathPlot && plot.Suits(report)).Select(plot => Figure(plot, report)), exact]);
    }

    internal static Html Figure(IPlot plot, Report report) =>
        Html.Of($"<figure>{Html.Trusted(Plots.Svg(plot, report))}<figcaption>{plot.Title(report)}</figcaption></figure>");

    private static Html? Tables(Report report) => Html.Join(
    [
        .. report.Document.Machines.Count > 0
            ? HtmlMachines.Costs(report.Document).Select(costs => costs.Page("medium"))
            : ResultTable.Of(report.Document).SelectMany(table => table.ByCall()).Select(quoted => quoted.Page()),
        .. report.Document.Rows
            .Where(row => row.Note is not null)
            .Select(row => Html.Of($"<p>{PlatformLabel.Of(report.Document, row.Platform)}, {ResultColumns.Words(row.Call)}: {row.Note}</p>"))
            .Distinct(),
        .. ResultTable.Of(report.Document).Select(table => Html.Of(
            $"<details><summary>{table.Title}: every call, with the loop, boots and rounds</summary>{table.Table().Page()}{Html.Facts(table.Columns.Select(column => (column.Title, column.Legend)))}</details>")),
    ]);

    /// <summary>What bears on the numbers that people quote comes first.</summary>
    private static Html? Findings(Report report)
    {
        var findings = report.Document.Findings;
        var first = TerminalSummary.Findings(report.Document).OrderByDescending(finding => finding.Severity).ToList();
        return findings.Count == 0
            ? Html.Of($"<p>Nothing was noticed that a reader of these numbers should know.</p>")
            : Html.Join(
            [
                first.Count == 0 ? Html.Of($"<p>Nothing was noticed that changes how the system calls of the table are read.</p>") : List(first),
                findings.Count > first.Count ? Html.Of($"<h3>Notes</h3>{List(findings.Except(first).OrderByDescending(finding => finding.Severity))}") : Html.Of($""),
            ]);

        static Html List(IEnumerable<Finding> findings) => Html.Of($"<ul class=\"findings\">{findings.Select(Item)}</ul>");
    }

    private static Html Item(Finding finding) => Html.Of(
        $"<li><strong>{finding.Severity}, {finding.Subject}:</strong> {finding.Seen}{(finding.Remedy is null ? Html.Of($"") : Html.Of($"<br><em>What to do:</em> {finding.Remedy}"))}</li>");

    private static string Style()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("SyscallBench.Reports.report.css")
            ?? throw new InvalidOperationException("report.css is not inside the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
