using System.Net;

namespace SyscallBench.Reports;

/// <summary>Markup that is safe to put into a page. The only way to make it escapes everything that is not markup already.</summary>
public readonly record struct Html
{
    private Html(string markup) => Markup = markup;

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
