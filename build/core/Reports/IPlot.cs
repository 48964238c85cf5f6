namespace SyscallBench.Reports;

/// <summary>A figure of a report. To add one: a class, and a line in <see cref="AllPlots"/>; its SVG and PNG follow.</summary>
public interface IPlot
{
    /// <summary>File name without extension.</summary>
    string Name { get; }

    /// <summary>One line above the figure.</summary>
    string Title(Report report);

    /// <summary>What the figure shows, in words and figures, for who cannot see it.</summary>
    string Describe(Report report);

    /// <summary>Draws into an empty, styled canvas and says how large it wants to be, in CSS pixels.</summary>
    PlotSize Draw(ScottPlot.Plot canvas, Report report);
}

/// <summary>Width and height in CSS pixels.</summary>
public readonly record struct PlotSize(int Width, int Height);
