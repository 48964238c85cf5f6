using System.Globalization;
using System.Net;

namespace SyscallBench.Reports;

/// <summary>
/// Makes a drawn SVG fit for a page: it scales, follows the reader's light or dark theme, has a title and a description,
/// falls back to other fonts, and does not clash with other figures in the same document.
/// </summary>
public static class SvgTheme
{
    public static string Apply(string svg, string name, string title, string description, PlotSize size)
    {
        var body = svg[(svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1)..];
        body = SvgClips.Tidy(body, name);
        body = body.Replace($"font-family=\"{PlotFonts.Family}\"", $"font-family=\"{PlotFonts.Family}, Verdana, Geneva, sans-serif\"", StringComparison.Ordinal);

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-labelledby="{name}-title {name}-desc" width="{size.Width}" height="{size.Height}" viewBox="0 0 {size.Width} {size.Height}">
            <title id="{name}-title">{WebUtility.HtmlEncode(title)}</title>
            <desc id="{name}-desc">{WebUtility.HtmlEncode(description)}</desc>
            <style>@media (prefers-color-scheme: dark) {DarkRules}</style>
            {body.Trim()}

            """);
    }

    private static string DarkRules =>
        $"{{ {string.Join(' ', Inks.All.Select(ink => $".plot [fill=\"{ink.Light}\"] {{ fill: {ink.Dark} }} .plot [stroke=\"{ink.Light}\"] {{ stroke: {ink.Dark} }}"))} }}";
}
