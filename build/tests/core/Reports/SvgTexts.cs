using System.Xml.Linq;

namespace SyscallBench.Tests.Reports;

/// <summary>The texts of a drawn SVG and the boxes they cover, from the positions that the file gives for every glyph.</summary>
internal sealed record SvgTexts(double Width, double Height, IReadOnlyList<TextBox> Boxes)
{
    public static SvgTexts Of(string svg)
    {
        var root = XElement.Parse(svg);
        return new SvgTexts(
            Number(root.Attribute("width")!.Value),
            Number(root.Attribute("height")!.Value),
            [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(Box)]);
    }

    public IEnumerable<string> Outside() =>
        from box in Boxes
        where box.Left < 0 || box.Top < 0 || box.Right > Width || box.Bottom > Height
        select box.Text;

    public IEnumerable<string> Overlaps() =>
        from pair in Boxes.SelectMany((first, index) => Boxes.Skip(index + 1).Select(second => (First: first, Second: second)))
        where pair.First.Meets(pair.Second)
        select $"{pair.First.Text} / {pair.Second.Text}";

    private static TextBox Box(XElement text)
    {
        var size = Number(text.Attribute("font-size")!.Value);
        var (x, y) = Translation(text.Attribute("transform")?.Value);
        var glyphs = Numbers(text.Attribute("x")!.Value);
        var baseline = y + Numbers(text.Attribute("y")!.Value)[0];

        // The last glyph's own width is not in the file; no digit or small letter of the font is wider than two thirds of its size.
        return new TextBox(text.Value.Trim(), x + glyphs[0], baseline - (0.75 * size), x + glyphs[^1] + (0.67 * size), baseline + (0.2 * size));
    }

    private static (double X, double Y) Translation(string? transform)
    {
        if (transform is null)
            return (0, 0);

        var numbers = Numbers(transform["translate(".Length..^1]);
        return (numbers[0], numbers[1]);
    }

    private static double[] Numbers(string list) =>
        [.. list.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

internal sealed record TextBox(string Text, double Left, double Top, double Right, double Bottom)
{
    public bool Meets(TextBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
