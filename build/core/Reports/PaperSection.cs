using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The measured ratios beside the published ones.</summary>
public sealed class PaperSection : IHtmlSection
{
    private static readonly IReadOnlyList<(string Title, bool IsNumber)> _head =
        [("Ratio", false), ("Published", true), ("Here", true), ("95 % interval", true), ("Verdict", false), ("Why", false)];

    public string Id => "paper";

    public string Title => "Against the paper";

    public Html? Render(Report report)
    {
        var published = string.Join(" : ", PublishedTable.Rows.Select(row => Readable.Number(row.Cycles)));
        var rows = PaperVerdict.Of(report.Document).Select(verdict => (IReadOnlyList<string>)
        [
            verdict.Claim.Name,
            Readable.Ratio(verdict.Claim.Published),
            verdict.Measured is { } here ? Readable.Ratio(here.Value) : Readable.Missing,
            Readable.Ratio(verdict.Measured?.Ci95),
            Word(verdict.Outcome),
            verdict.Reason,
        ]);
        return Html.Of($"""
            <p>The EuroSys'21 paper measured {published} cycles for Linux, Linux without mitigations, Unikraft and a function call ({PublishedTable.Machine}). {Rule(report)}</p>
            {Parts.Table("Ratios of system calls, published and measured", _head, rows)}
            """);
    }

    private static string Rule(Report report) => report.Document.Unit == Unit.Cycles
        ? "Cycles of different CPUs cannot be compared, ratios can: one is reproduced when its whole interval lies within a fifth of the published ratio, and different when all of it lies outside."
        : "Instruction counts cannot reproduce cycles: an instruction takes anything from a fraction of a cycle to hundreds. The ratios stand side by side for the reader, without a verdict.";

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Reproduced => "reproduced",
        Outcome.Different => "different",
        Outcome.Inconclusive => "inconclusive",
        _ => "not comparable",
    };
}
