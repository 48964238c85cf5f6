using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

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
            <style>@media (prefers-color-scheme: dark) {DarkRules(body)}</style>
            {body.Trim()}

            """);
    }

    private static string DarkRules(string body) =>
        $"{{ {string.Join(' ', Palette.All.Where(color => body.Contains(color.Light, StringComparison.Ordinal)).Select(color => $".plot [fill=\"{color.Light}\"] {{ fill: {color.Dark} }} .plot [stroke=\"{color.Light}\"] {{ stroke: {color.Dark} }}"))} }}";
}

/// <summary>
/// The drawing library repeats the same clip path for every item and numbers them from a counter of the whole process. One of each is
/// enough, and a figure must come out the same on every run, with names of its own inside a page that holds several.
/// </summary>
internal static partial class SvgClips
{
    public static string Tidy(string body, string figure)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        var tidy = Definition().Replace(body, match =>
        {
            var (id, shape) = (match.Groups["id"].Value, match.Groups["shape"].Value.Trim());
            if (shapes.TryGetValue(shape, out var known))
            {
                names[id] = known;
                return string.Empty;
            }

            shapes[shape] = names[id] = string.Create(CultureInfo.InvariantCulture, $"{figure}-clip{shapes.Count}");
            return $"<clipPath id=\"{names[id]}\">{shape}</clipPath>";
        });
        return Use().Replace(tidy, match => $"url(#{names[match.Groups["id"].Value]})");
    }

    [GeneratedRegex("""<clipPath id="(?<id>[^"]+)">(?<shape>.*?)</clipPath>""", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex("""url\(#(?<id>[^)]+)\)""")]
    private static partial Regex Use();
}
