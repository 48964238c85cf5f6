using ScottPlot;

namespace SyscallBench.Reports;

/// <summary>
/// The few colours of a plot. Each differs from its neighbours in lightness too, so that a grey print says the same; text and lines have at
/// least 4.5:1 against white and, in their dark variant, against #0d1117; areas are outlined instead.
/// </summary>
public static class Inks
{
    /// <summary>Text, axes and interval bars.</summary>
    public static Ink Text { get; } = new("#1F2328", "#E6EDF3");

    /// <summary>Grid and frames; carries no information.</summary>
    public static Ink Faint { get; } = new("#D0D7DE", "#3D444D");

    /// <summary>Bars and violins; always outlined in <see cref="Text"/>.</summary>
    public static Ink Area { get; } = new("#A9C7E3", "#1F4E79");

    /// <summary>The floor.</summary>
    public static Ink Floor { get; } = new("#8A2B0E", "#F0883E");

    public static IReadOnlyList<Ink> All { get; } = [Text, Faint, Area, Floor];
}

/// <summary>A colour on white paper and its counterpart on a dark page, as <c>#RRGGBB</c> in capitals, the way SVG files come out.</summary>
public sealed record Ink(string Light, string Dark)
{
    public Color Color => Color.FromHex(Light);
}
