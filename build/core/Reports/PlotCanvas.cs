using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace SyscallBench.Reports;

/// <summary>An empty plot in the house style: our font, transparent ground, no box.</summary>
public static class PlotCanvas
{
    public const float TextSize = 14;

    // The plotting library's registry is global: once is enough.
    static PlotCanvas() => Fonts.FontResolvers.Insert(0, new PlotFonts());

    public static float WidthOf(string text, bool bold = false)
    {
        using var font = new SKFont(Fonts.GetTypeface(PlotFonts.Name, bold, italic: false), TextSize);
        return text.Split('\n').Max(line => font.MeasureText(line));
    }

    public static Plot Create()
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(Palette.Text.Color);
        // Numbers stand beside what they belong to; lines behind them would only strike them through.
        plot.HideGrid();
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontName = PlotFonts.Name;
            axis.TickLabelStyle.FontSize = TextSize;
        }

        // The library would write numbers as the machine's culture does.
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = value => Readable.Number(value) };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        return plot;
    }

    /// <summary>Text that stands in the data area, in our font.</summary>
    public static void Write(this Plot plot, string text, double x, double y, Alignment alignment, float offsetX = 0, float offsetY = 0, bool bold = false)
    {
        var label = plot.Add.Text(text, x, y);
        (label.LabelFontName, label.LabelFontSize, label.LabelFontColor, label.LabelBold) = (PlotFonts.Name, TextSize, Palette.Text.Color, bold);
        (label.LabelAlignment, label.OffsetX, label.OffsetY) = (alignment, offsetX, offsetY);
    }

    /// <summary>A bar from left to right, outlined.</summary>
    public static void Bar(this Plot plot, double from, double to, double position, double thickness, PlotColor color)
    {
        var bar = plot.Add.Bar(new Bar { Position = position, ValueBase = from, Value = to, Size = thickness, Orientation = Orientation.Horizontal }).Bars[0];
        (bar.FillColor, bar.LineColor, bar.LineWidth) = (color.Color, Palette.Text.Color, 1);
    }

    public static LinePlot Line(this Plot plot, double x1, double y1, double x2, double y2, float width, PlotColor color)
    {
        var line = plot.Add.Line(x1, y1, x2, y2);
        (line.LineWidth, line.LineColor, line.MarkerSize) = (width, color.Color, 0);
        return line;
    }

    /// <summary>Names rows at the left, the first at 0 and each further one below the one before.</summary>
    /// <param name="width">Of the figure beside the names.</param>
    /// <returns>How large the figure is.</returns>
    public static PlotSize NameRows(this Plot plot, IReadOnlyList<string> names, (double Least, double Most) x, (double Least, double Most) y, double width, double height)
    {
        plot.Axes.Left.SetTicks([.. names.Select((_, index) => (double)-index)], [.. names]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.IsVisible = false;
        plot.Axes.SetLimits(x.Least, x.Most, y.Least, y.Most);
        plot.Axes.Bottom.IsVisible = false;
        return new PlotSize((int)names.Max(name => WidthOf(name)) + (int)width, 20 + (int)height);
    }
}

/// <summary>
/// The few colours of a plot. Each differs from its neighbours in lightness too, so that a grey print says the same; text and lines have at
/// least 4.5:1 against white and, in their dark variant, against #0d1117; areas are outlined instead.
/// </summary>
public static class Palette
{
    /// <summary>Text, axes and interval bars.</summary>
    public static PlotColor Text { get; } = new("#1F2328", "#E6EDF3");

    /// <summary>Grid and frames; carries no information.</summary>
    public static PlotColor Faint { get; } = new("#D0D7DE", "#3D444D");

    /// <summary>Bars and violins; always outlined in <see cref="Text"/>.</summary>
    public static PlotColor Area { get; } = new("#A9C7E3", "#1F4E79");

    public static PlotColor Floor { get; } = new("#8A2B0E", "#F0883E");

    /// <summary>What instructions are there for, one for each member of <see cref="Results.Category"/>; outlined in <see cref="Text"/>.</summary>
    public static IReadOnlyList<PlotColor> Categories { get; } =
    [
        Area, new("#F3D9A4", "#6B4E12"), new("#E8A79B", "#7A2E22"), new("#CFE8C6", "#2C5A24"), new("#C3AEE0", "#4A3576"),
        new("#E4E7EA", "#3A424B"), new("#E39CC4", "#742A55"), new("#A8E0D5", "#0F5A50"), new("#FDFDFD", "#161B22"),
    ];

    public static IReadOnlyList<PlotColor> All { get; } = [Text, Faint, Area, Floor, .. Categories.Skip(1)];
}

/// <summary>A colour on white paper and its counterpart on a dark page, as <c>#RRGGBB</c> in capitals, the way SVG files come out.</summary>
public sealed record PlotColor(string Light, string Dark)
{
    public Color Color => Color.FromHex(Light);
}

/// <summary>
/// The font of every plot, carried inside the program: a bare machine or container has none, and text then vanishes without an error. It also makes a
/// plot the same on every machine.
/// </summary>
public sealed class PlotFonts : IFontResolver
{
    /// <summary>Name under which plots ask for it; unlike any installed font's, so that no other can answer.</summary>
    public const string Name = "SyscallBench Sans";

    /// <summary>The font's own name, which ends up in SVG files.</summary>
    public const string Family = "DejaVu Sans";

    private readonly SKTypeface _regular = Load("DejaVuSans.ttf");
    private readonly SKTypeface _bold = Load("DejaVuSans-Bold.ttf");

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName != Name ? null : bold ? _bold : _regular;

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(PlotFonts).Assembly.GetManifestResourceStream($"SyscallBench.Reports.Fonts.{file}");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"{file} is not inside the program");
    }
}
