namespace SyscallBench.Reports;

/// <summary>The plots, drawn into the page.</summary>
public sealed class FigureSection : IHtmlSection
{
    public string Id => "figures";

    public string Title => "Figures";

    public Html? Render(Report report) => Html.Join(AllPlots.All.Select(plot => Html.Of(
        $"<figure>{Parts.Scroll(plot.Title(report), Html.Trusted(SvgExporter.Render(plot, report)))}<figcaption>{plot.Title(report)}</figcaption></figure>")));
}
