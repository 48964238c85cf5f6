namespace SyscallBench.Reports;

/// <summary><c>report.html</c>: the whole story in one file that needs no network, no script and no other file.</summary>
public sealed class HtmlExporter : TextExporter
{
    private static readonly IReadOnlyList<IHtmlSection> _sections =
        [new FigureSection(), new TableSection(), new PaperSection(), new MitigationSection(), new FindingSection(), new ProvenanceSection()];

    public override string FileName => "report.html";

    protected override void Write(Report report, TextWriter writer)
    {
        var sections = _sections
            .Select(section => (section.Id, section.Title, Content: section.Render(report)))
            .Where(section => section.Content is not null)
            .ToList();
        var sentences = Answer.Of(report.Document);

        writer.Write(Html.Of($"""
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
            <p>{string.Join(' ', sentences.Skip(1))}</p>
            <nav aria-label="Sections"><ul>{sections.Select(section => Html.Of($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>"))}</ul></nav>
            {sections.Select(section => Html.Of($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{section.Title}</h2>\n{section.Content}\n</section>"))}
            </main>
            </body>
            </html>

            """).Markup);
    }

    private static string Style()
    {
        using var stream = typeof(HtmlExporter).Assembly.GetManifestResourceStream("SyscallBench.Reports.report.css")
            ?? throw new InvalidOperationException("report.css is not inside the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
