namespace SyscallBench.Reports;

/// <summary>Pieces that several sections use.</summary>
internal static class Parts
{
    /// <summary>A box that scrolls by itself, by keyboard too, so that nothing wide is cut or widens the page.</summary>
    public static Html Scroll(string label, Html content) =>
        Html.Of($"""<div class="scroll" role="region" aria-label="{label}" tabindex="0">{content}</div>""");

    /// <summary>A table whose first column names its row.</summary>
    /// <param name="caption">What the table holds.</param>
    /// <param name="head">Titles, and whether the column holds numbers.</param>
    /// <param name="rows">Text of every cell.</param>
    public static Html Table(string caption, IReadOnlyList<(string Title, bool IsNumber)> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var titles = head.Select(column => Html.Of($"""<th scope="col"{Class(column.IsNumber)}>{column.Title}</th>"""));
        var lines = rows.Select(row => Html.Of($"<tr>{row.Select((cell, index) => Cell(cell, index, head[index].IsNumber))}</tr>"));
        return Scroll(caption, Html.Of($"<table><caption>{caption}</caption><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"));
    }

    /// <summary>Names and values.</summary>
    public static Html Facts(IEnumerable<(string Name, string Value)> facts) =>
        Html.Of($"<dl>{facts.Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>");

    private static Html Cell(string text, int index, bool isNumber) => index == 0
        ? Html.Of($"""<th scope="row">{text}</th>""")
        : Html.Of($"<td{Class(isNumber)}>{text}</td>");

    private static Html Class(bool isNumber) => Html.Trusted(isNumber ? " class=\"number\"" : string.Empty);
}
