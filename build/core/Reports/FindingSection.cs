using SyscallBench.Model;

namespace SyscallBench.Reports;

/// <summary>What was noticed, the most severe first, with what to do about it.</summary>
public sealed class FindingSection : IHtmlSection
{
    public string Id => "findings";

    public string Title => "Findings";

    public Html? Render(Report report) => report.Document.Findings.Count == 0
        ? Html.Of($"<p>Nothing was noticed that a reader of these numbers should know.</p>")
        : Html.Of($"<ul class=\"findings\">{report.Document.Findings.OrderByDescending(finding => finding.Severity).Select(Item)}</ul>");

    private static Html Item(Finding finding) => Html.Of(
        $"<li><strong>{finding.Severity}, {finding.Subject}:</strong> {finding.Seen}{Remedy(finding)}</li>");

    private static Html Remedy(Finding finding) => finding.Remedy is null ? Html.Of($"") : Html.Of($"<br><em>What to do:</em> {finding.Remedy}");
}
