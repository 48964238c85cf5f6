using System.Net;
using System.Text.RegularExpressions;
using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A figure of a report. To add one: a function, and a line in <see cref="Plots"/>; its SVG and PNG follow.</summary>
/// <param name="Of">What it shows of a report; null where there is nothing to see.</param>
public sealed record Figure(string Name, Func<Report, Picture?> Of);

/// <summary>A figure of one report.</summary>
/// <param name="Description">What it shows, in words and figures, for who cannot see it.</param>
/// <param name="Draw">Draws into an empty, styled canvas and says how large it wants to be.</param>
public sealed record Picture(string Title, string Description, Func<Plot, PlotSize> Draw);

/// <summary>In CSS pixels.</summary>
public readonly record struct PlotSize(int Width, int Height);

public static partial class Plots
{
    private const int PngScale = 2;

    /// <summary>The parts of an explanation, which the page shows in a section of their own.</summary>
    public static Figure Path { get; } = new("explain", PathPlot.Of);

    /// <summary>Every figure of a report, in the order in which it shows them.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("bars", BarPlot.Of),
        new("settings", SettingsPlot.Of),
        new("machines", MachinesPlot.Of),
        new("distribution", DistributionPlot.Of),
        new("timeline", TimelinePlot.Of),
        new("table", TablePlot.Of),
        Path,
    ];

    /// <summary>Which rows an axis shows: those of the document's own unit, since an axis has one unit.</summary>
    public static IReadOnlyList<ResultRow> Rows(Report report, Call call) =>
        [.. report.Document.Rows.Where(row => row.Call == call && row.Status == RowStatus.Measured && row.Unit == report.Document.Unit && row.Median is not null)];

    /// <summary>The number that people read first: net of the loop, or what there is.</summary>
    public static ComparedValue Value(ResultRow row) => ComparedValue.OfNet(row) ?? ComparedValue.OfMedian(row) ?? default;

    /// <summary>What the numbers of bars are, for a title.</summary>
    public static string Spread(IEnumerable<ResultRow> rows) => rows.All(row => Value(row).IsExact) ? "(exact counts)" : "(median and 95 % interval)";

    /// <summary>As PNG on white, twice the size of its SVG for sharp print and dense screens.</summary>
    public static byte[] Png(Picture picture)
    {
        using var canvas = PlotCanvas.Create();
        canvas.FigureBackground.Color = Colors.White;
        var size = picture.Draw(canvas);
        canvas.ScaleFactor = PngScale;
        return canvas.GetImageBytes(size.Width * PngScale, size.Height * PngScale, ImageFormat.Png);
    }

    /// <summary>
    /// As an <c>svg</c> element that can stand inside HTML: it scales, is transparent and follows the reader's light or dark theme, has a title and a description, falls back to other
    /// fonts, and does not clash with other figures in the same document.
    /// </summary>
    public static string Svg(string name, Picture picture)
    {
        using var canvas = PlotCanvas.Create();
        var size = picture.Draw(canvas);
        var svg = canvas.GetSvgXml(size.Width, size.Height);
        var body = WithOwnClips(svg[(svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1)..], name)
            .Replace($"font-family=\"{PlotFonts.Family}\"", $"font-family=\"{PlotFonts.Family}, Verdana, Geneva, sans-serif\"", StringComparison.Ordinal);
        var dark = Palette.All.Where(color => body.Contains(color.Light, StringComparison.Ordinal))
            .Select(color => $".plot [fill=\"{color.Light}\"] {{ fill: {color.Dark} }} .plot [stroke=\"{color.Light}\"] {{ stroke: {color.Dark} }}");

        return FormattableString.Invariant(
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-labelledby="{{name}}-title {{name}}-desc" width="{{size.Width}}" height="{{size.Height}}" viewBox="0 0 {{size.Width}} {{size.Height}}">
            <title id="{{name}}-title">{{WebUtility.HtmlEncode(picture.Title)}}</title>
            <desc id="{{name}}-desc">{{WebUtility.HtmlEncode(picture.Description)}}</desc>
            <style>@media (prefers-color-scheme: dark) { {{string.Join(' ', dark)}} }</style>
            {{body.Trim()}}

            """);
    }

    // The drawing library repeats the same clip path for every item and numbers them from a counter of the whole process. One of each is
    // enough, and a figure must come out the same on every run, with names of its own inside a page that holds several.
    private static string WithOwnClips(string body, string figure)
    {
        var shapes = Clip().Matches(body).GroupBy(clip => clip.Groups["shape"].Value.Trim()).ToList();
        var names = shapes.SelectMany((same, index) => same.Select(clip => (Id: clip.Groups["id"].Value, Name: FormattableString.Invariant($"{figure}-clip{index}"))))
            .ToDictionary(each => each.Id, each => each.Name);
        var first = shapes.Select(same => same.First().Index).ToHashSet();
        var once = Clip().Replace(body, clip => first.Contains(clip.Index) ? $"<clipPath id=\"{names[clip.Groups["id"].Value]}\">{clip.Groups["shape"].Value.Trim()}</clipPath>" : "");
        return ClipUse().Replace(once, use => $"url(#{names[use.Groups["id"].Value]})");
    }

    [GeneratedRegex("""<clipPath id="(?<id>[^"]+)">(?<shape>.*?)</clipPath>""", RegexOptions.Singleline)]
    private static partial Regex Clip();

    [GeneratedRegex("""url\(#(?<id>[^)]+)\)""")]
    private static partial Regex ClipUse();
}
