namespace SyscallBench.Reports;

/// <param name="IsNumber">Set to the right, as numbers are.</param>
public readonly record struct Heading(string Title, bool IsNumber = false);

/// <summary>A table of text: the one place where columns are laid out, whatever the format.</summary>
public sealed record Table(string Title, IReadOnlyList<Heading> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>With one row in the place of several that say the same behind their names.</summary>
    public Table Merged(string name) =>
        Rows.Count > 1 && Rows.All(row => row.Skip(1).SequenceEqual(Rows[0].Skip(1))) ? this with { Rows = [[name, .. Rows[0].Skip(1)]] } : this;

    /// <summary>For a terminal: the head and the rows, aligned with spaces; without the title.</summary>
    public IReadOnlyList<string> Text()
    {
        IReadOnlyList<IReadOnlyList<string>> lines = [[.. Head.Select(heading => heading.Title)], .. Rows.Select(row => row.Select(cell => SafeText.Escape(cell)).ToList())];
        var widths = Enumerable.Range(0, Head.Count).Select(column => lines.Max(line => line[column].Length)).ToList();
        return [.. lines.Select(line => string.Join("  ", line.Select((cell, column) => Head[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd())];
    }

    /// <summary>GitHub-flavoured Markdown, the title as a heading.</summary>
    public IEnumerable<string> Markdown() =>
    [
        $"### {Title}",
        string.Empty,
        Pipes(Head.Select(heading => heading.Title)),
        Pipes(Head.Select(heading => heading.IsNumber ? "---:" : "---")),
        .. Rows.Select(row => Pipes(row.Select(EscapeMarkdown))),
    ];

    /// <summary>A booktabs <c>tabular</c>, the title above its head.</summary>
    public IEnumerable<string> Latex() =>
    [
        $"\\begin{{tabular}}{{@{{}}{string.Concat(Head.Select(heading => heading.IsNumber ? 'r' : 'l'))}@{{}}}}",
        "\\toprule",
        // In two lines where it has two parts: a title must not be what makes the table wider than a column.
        .. Title.Split(", ", 2).Select(part => $"\\multicolumn{{{Head.Count}}}{{@{{}}l@{{}}}}{{{EscapeLatex(part)}}} \\\\"),
        "\\midrule",
        Ampersands(Head.Select(heading => heading.Title)),
        "\\midrule",
        .. Rows.Select(Ampersands),
        "\\bottomrule",
        "\\end{tabular}",
    ];

    /// <summary>An HTML table whose first column names its row. On a narrow screen each row becomes a block, and each cell says its heading itself.</summary>
    /// <param name="width">How wide the table is: <c>wide</c>, <c>medium</c>, <c>narrow</c>, <c>small</c>; null to go by the number of columns.</param>
    public Html Page(string? width = null)
    {
        var titles = Head.Select(heading => Html.Of($"""<th scope="col"{Class(heading)}>{heading.Title}</th>"""));
        var lines = Rows.Select(row => Html.Of($"<tr>{row.Select((cell, column) => Cell(cell, column))}</tr>"));
        return Html.Of($"<table class=\"{width ?? Head.Count switch { > 6 => "wide", > 4 => "medium", > 3 => "narrow", _ => "small" }}\"><caption>{Title}</caption><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>");
    }

    /// <summary>Text inside Markdown: nothing in it becomes markup or ends a table's cell.</summary>
    public static string EscapeMarkdown(string text) => string.Concat(SafeText.Escape(text, int.MaxValue).Select(character => character switch
    {
        '<' => "&lt;",
        '|' or '*' or '_' or '`' or '\\' or '[' or ']' => $"\\{character}",
        _ => $"{character}",
    }));

    /// <summary>Text inside LaTeX: none of its ten special characters keeps its meaning.</summary>
    public static string EscapeLatex(string text) => string.Concat(SafeText.Escape(text, int.MaxValue).Select(character => character switch
    {
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '\\' => "\\textbackslash{}",
        _ => $"{character}",
    }));

    private static string Pipes(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Ampersands(IEnumerable<string> cells) => $"{string.Join(" & ", cells.Select(EscapeLatex))} \\\\";

    private Html Cell(string text, int column) => column == 0
        ? Html.Of($"""<th scope="row">{text}</th>""")
        : Html.Of($"""<td{Class(Head[column])} data-title="{Head[column].Title}">{text}</td>""");

    private static Html Class(Heading heading) => Html.Trusted(heading.IsNumber ? " class=\"number\"" : string.Empty);
}
