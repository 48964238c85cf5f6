using System.Globalization;
using System.Text.RegularExpressions;

namespace SyscallBench.Reports;

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
