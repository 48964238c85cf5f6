using System.Net;
using System.Text.RegularExpressions;
using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A figure of a report. To add one: a class, and a line in <see cref="Plots"/>; its SVG and PNG follow.</summary>
public interface IPlot
{
    string Name { get; }

    /// <summary>Whether there is anything to see in it.</summary>
    bool Suits(Report report);

    string Title(Report report);

    /// <summary>What the figure shows, in words and figures, for who cannot see it.</summary>
    string Describe(Report report);

    /// <summary>Draws into an empty, styled canvas and says how large it wants to be, in CSS pixels.</summary>
    PlotSize Draw(Plot canvas, Report report);
}

public readonly record struct PlotSize(int Width, int Height);

/// <summary>Every figure of a report, in the order in which it shows them.</summary>
public static class Plots
{
    public static IReadOnlyList<IPlot> All { get; } = [new BarPlot(), new SettingsPlot(), new MachinesPlot(), new DistributionPlot(), new TimelinePlot(), new TablePlot(), new PathPlot()];

    /// <summary>Which rows an axis shows: those of the document's own unit, since an axis has one unit.</summary>
    public static IReadOnlyList<ResultRow> Rows(Report report, Call call) =>
        [.. report.Document.Rows.Where(row => row.Call == call && row.Status == RowStatus.Measured && row.Unit == report.Document.Unit && row.Median is not null)];

    /// <summary>The number that people read first: net of the loop, or what there is.</summary>
    public static ComparedValue Value(ResultRow row) => ComparedValue.OfNet(row) ?? ComparedValue.OfMedian(row) ?? default;

    /// <summary>The figure as an <c>svg</c> element that can stand inside HTML.</summary>
    public static string Svg(IPlot plot, Report report)
    {
        using var canvas = PlotCanvas.Create();
        var size = plot.Draw(canvas, report);
        return SvgTheme.Apply(canvas.GetSvgXml(size.Width, size.Height), plot.Name, plot.Title(report), plot.Describe(report), size);
    }

    public static byte[] Png(IPlot plot, Report report, int scale)
    {
        using var canvas = PlotCanvas.Create();
        canvas.FigureBackground.Color = Colors.White;
        var size = plot.Draw(canvas, report);
        canvas.ScaleFactor = scale;
        return canvas.GetImageBytes(size.Width * scale, size.Height * scale, ImageFormat.Png);
    }
}

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

        return FormattableString.Invariant(
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

            shapes[shape] = names[id] = FormattableString.Invariant($"{figure}-clip{shapes.Count}");
            return $"<clipPath id=\"{names[id]}\">{shape}</clipPath>";
        });
        return Use().Replace(tidy, match => $"url(#{names[match.Groups["id"].Value]})");
    }

    [GeneratedRegex("""<clipPath id="(?<id>[^"]+)">(?<shape>.*?)</clipPath>""", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex("""url\(#(?<id>[^)]+)\)""")]
    private static partial Regex Use();
}
