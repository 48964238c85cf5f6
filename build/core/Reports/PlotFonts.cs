using ScottPlot;
using SkiaSharp;

namespace SyscallBench.Reports;

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

    private static readonly Lazy<PlotFonts> _instance = new(Register);

    private readonly SKTypeface _regular = Load("DejaVuSans.ttf");
    private readonly SKTypeface _bold = Load("DejaVuSans-Bold.ttf");

    private PlotFonts()
    {
    }

    /// <summary>Makes the font known to the plotting library, whose registry is global; once is enough.</summary>
    public static void Ensure() => _ = _instance.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName != Name ? null : bold ? _bold : _regular;

    private static PlotFonts Register()
    {
        var fonts = new PlotFonts();
        Fonts.FontResolvers.Insert(0, fonts);
        return fonts;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(PlotFonts).Assembly.GetManifestResourceStream($"SyscallBench.Reports.Fonts.{file}");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"{file} is not inside the program");
    }
}
