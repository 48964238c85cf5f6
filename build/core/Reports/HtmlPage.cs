using System.Net;
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
        ("machines", "Machines", HtmlMachines.Section),
        ("findings", "Findings", Findings),
        ("paper", "Against the paper", HtmlProvenance.Paper),
        ("mitigations", "Mitigations", HtmlProvenance.Mitigations),
        ("provenance", "Machine and provenance", HtmlProvenance.Section),
    ];

    public static string Of(Report report)
    {
        var sections = _sections.Select(section => (section.Id, section.Title, Content: section.Render(report))).Where(section => section.Content is not null).ToList();
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
        var calls = report.Document.Rows.Where(row => row.Call == Call.Scall && row.Unit == report.Document.Unit && row.Status == RowStatus.Measured);
        return Html.Join(
        [
            .. Plots.All.Where(figure => figure != Plots.Path).Select(figure => Figure(figure, report)).OfType<Html>(),
            ResultTable.IsExact(calls) ? Html.Of($"<p>All rounds of all guests gave the same counts, so there is no spread to draw.</p>") : Html.Empty,
        ]);
    }

    internal static Html? Figure(Figure figure, Report report) => figure.Of(report) is { } picture
        ? Html.Of($"<figure>{Html.Trusted(Plots.Svg(figure.Name, picture))}<figcaption>{picture.Title}</figcaption></figure>")
        : null;

    private static Html? Tables(Report report) => Html.Join(
    [
        .. report.Document.Machines.Count > 0
            ? HtmlMachines.Costs(report.Document).Select(costs => costs.Page("medium"))
            : ResultTable.Of(report.Document).SelectMany(table => table.ByCall()).Select(quoted => quoted.Page()),
        .. report.Document.Rows
            .Where(row => row.Note is not null)
            .Select(row => Html.Of($"<p>{PlatformLabel.Of(report.Document, row.Platform)}, {ResultTable.Words(row.Call)}: {row.Note}</p>"))
            .Distinct(),
        .. ResultTable.Of(report.Document).Select(table => Html.Of(
            $"<details><summary>{table.Title}: every call, with the loop, boots and rounds</summary>{table.Table().Page()}{Html.Facts(table.Columns.Select(column => (column.Title, column.Legend)))}</details>")),
    ]);

    /// <summary>What bears on the numbers that people quote comes first.</summary>
    private static Html? Findings(Report report)
    {
        var findings = report.Document.Findings;
        if (findings.Count == 0)
            return Html.Of($"<p>Nothing was noticed that a reader of these numbers should know.</p>");
        var first = TerminalSummary.Findings(report.Document);
        return Html.Join(
        [
            first.Count == 0 ? Html.Of($"<p>Nothing was noticed that changes how the system calls of the table are read.</p>") : List(first),
            findings.Count > first.Count ? Html.Of($"<h3>Notes</h3>{List(findings.Except(first))}") : Html.Empty,
        ]);

        static Html List(IEnumerable<Finding> findings) => Html.Of($"<ul class=\"findings\">{findings.OrderByDescending(finding => finding.Severity).Select(Item)}</ul>");

        static Html Item(Finding finding) => Html.Of(
            $"<li><strong>{finding.Severity}, {finding.Subject}:</strong> {finding.Seen}{(finding.Remedy is null ? Html.Empty : Html.Of($"<br><em>What to do:</em> {finding.Remedy}"))}</li>");
    }

    private static string Style()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("SyscallBench.Reports.report.css")
            ?? throw new InvalidOperationException("report.css is not inside the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The section of the page that opens from a platform's bar to its functions, and from a function to its instructions.</summary>
internal static class HtmlExplanation
{
    /// <summary>Stands at what costs far more than one.</summary>
    private const string Mark = "▲";

    // For a reader who knows no kernel; in the order of the categories.
    private static readonly string[] _meanings =
    [
        "SYSCALL and SYSRET, and what has to be done around them: save and restore the program's registers, change to the kernel's stack and back.",
        "The kernel's memory is hidden from programs while they run (KPTI, against Meltdown): it is mapped on entry and unmapped on exit.",
        "Other defences against attacks on the CPU's speculation: returns through thunks, buffers that are cleared.",
        "The call's number is checked and the code for it found.",
        "The kernel's stack starts at another place in each call, so that an attacker cannot know it.",
        "Does anything wait to be done before the program goes on: a signal, a debugger, another program whose turn it is?",
        "The kernel checks itself, here that the state of the floating-point unit is what it should be.",
        "What the program wanted. The benchmark's call does nothing and returns a constant.",
        "Nothing that the rules know.",
    ];

    public static Html? Section(Report report) => report.Explanation is not { } explanation ? null : Html.Join(
    [
        Html.Of($"<p>{ExplanationText.Sentence(explanation, report.Document)}</p>"),
        Html.Of($"<p>Each bar is one call, from the program's SYSCALL until it is back. Every instruction was executed one by one and named; together they are the net count in the tables. {ExplanationText.Price} The mark is {Mark}.</p>"),
        HtmlPage.Figure(Plots.Path, report)!.Value,
        .. explanation.Paths.Select(path => Path(report, path)),
        Html.Of($"<details><summary>What these purposes are</summary>{Html.Facts(Enum.GetValues<Category>().Select(category => (category.Name(), _meanings[(int)category])))}</details>"),
    ]);

    private static Html Path(Report report, ExplainedPath path) => Html.Of(
        $"""
        <details class="path"><summary>{PlatformLabel.Of(report, path)}: {path.Total} instructions in {path.Functions.Select(function => function.Name).Distinct().Count()} functions</summary>
        <p>{string.Join(", ", path.ByCategory().Select(part => $"{part.Category.Name()} {part.Instructions}"))}. Emulated CPU: {path.Cpu}. Names from {path.Symbols}.</p>
        {path.Functions.Select(function => Function(function, [.. path.Steps.Select((step, index) => (index + 1, step)).Where(each => each.step.Function == function.Name && each.step.Category == function.Category)]))}
        </details>
        """);

    private static Html Function(ExplainedFunction function, IReadOnlyList<(int Number, ExplainedStep Step)> steps) => Html.Of(
        $"""
        <details><summary><b>{function.Instructions}</b> <code>{function.Name}</code> <span>{function.Category.Name()}{(steps.Any(each => each.Step.Note is not null) ? $" {Mark}" : "")}</span></summary>
        <ol>{steps.Select(each => Html.Of($"<li value=\"{each.Number}\"><code>{each.Step.Text}</code>{(each.Step.Note is { } note ? Html.Of($" <span>{Mark} {note}</span>") : Html.Empty)}</li>"))}</ol></details>
        """);
}

/// <summary>Markup that is safe to put into a page. The only way to make it escapes everything that is not markup already.</summary>
public readonly record struct Html
{
    private Html(string markup) => Markup = markup;

    public static Html Empty { get; } = new("");

    public string Markup { get; }

    /// <summary>Literal parts are markup; each value between them is escaped, unless it is <see cref="Html"/> itself or a sequence of it.</summary>
    public static Html Of(FormattableString template) =>
        new(string.Format(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Escape)]));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Join('\n', pieces.Select(piece => piece.Markup)));

    /// <summary>Markup made by another part of this program, such as a drawn SVG or the style sheet.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Facts(IEnumerable<(string Name, string Value)> facts) =>
        Of($"<dl>{facts.Select(fact => Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>");

    private static object Escape(object? value) => value switch
    {
        Html html => html.Markup,
        IEnumerable<Html> pieces => Join(pieces).Markup,
        // Whoever wrote it (a guest, QEMU, a baseline) neither adds markup nor turns the text around it around.
        _ => WebUtility.HtmlEncode(SafeText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture), int.MaxValue)),
    };
}
