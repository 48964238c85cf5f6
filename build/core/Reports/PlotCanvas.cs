using ScottPlot;
using ScottPlot.TickGenerators;

namespace SyscallBench.Reports;

/// <summary>An empty plot in the house style: our font, transparent ground, no box.</summary>
public static class PlotCanvas
{
    public const float TextSize = 14;

    public static Plot Create()
    {
        PlotFonts.Ensure();
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(Inks.Text.Color);
        // Numbers stand beside what they belong to; lines behind them would only strike them through.
        plot.HideGrid();
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.Label.FontName = PlotFonts.Name;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontName = PlotFonts.Name;
            axis.TickLabelStyle.FontSize = TextSize;
        }

        plot.Legend.FontName = PlotFonts.Name;
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontColor = Inks.Text.Color;
        plot.Legend.BackgroundColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.SymbolWidth = 36;
        plot.Legend.Margin = new PixelPadding(0);
        plot.Legend.Padding = new PixelPadding(4);
        // The library would write numbers as the machine's culture does.
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = value => Readable.Number(value) };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        return plot;
    }

    /// <summary>Text that stands in the data area, in our font.</summary>
    public static void Write(this Plot plot, string text, double x, double y, Alignment alignment, float offsetX = 0, float offsetY = 0, bool bold = false)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontName = PlotFonts.Name;
        label.LabelFontSize = TextSize;
        label.LabelFontColor = Inks.Text.Color;
        label.LabelBold = bold;
        label.LabelAlignment = alignment;
        label.OffsetX = offsetX;
        label.OffsetY = offsetY;
    }

    /// <summary>Says that there is nothing to draw, in place of axes around nothing.</summary>
    public static PlotSize Empty(this Plot plot, string reason)
    {
        plot.Axes.Frameless();
        plot.Axes.SetLimits(-1, 1, -1, 1);
        plot.Write(reason, 0, 0, Alignment.MiddleCenter);
        return new PlotSize(720, 80);
    }

    /// <summary>Rows named on the left, the first on top.</summary>
    public static void NameRows(this Plot plot, IReadOnlyList<string> names)
    {
        var positions = Enumerable.Range(0, names.Count).Select(index => (double)-index).ToArray();
        plot.Axes.Left.SetTicks(positions, [.. names]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.IsVisible = false;
        plot.Axes.SetLimitsY(0.6 - names.Count, 0.6);
    }
}
