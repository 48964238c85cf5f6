namespace SyscallBench.Reports;

/// <summary>A part of the page. To add one: a class, and a line in <see cref="HtmlExporter"/>.</summary>
public interface IHtmlSection
{
    /// <summary>Anchor inside the page.</summary>
    string Id { get; }

    string Title { get; }

    /// <summary>What stands under the title; null where the report has nothing to say here.</summary>
    Html? Render(Report report);
}
