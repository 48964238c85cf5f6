using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The last screen of a run: findings, then the answer, the table of system calls, and what was not measured, for a terminal of 80 columns and 24 lines.</summary>
public static class TerminalSummary
{
    private const int Width = 80;
    private const string Indent = "  ";

    // With more of them, of each platform the least and the most: the rest of the screen takes a dozen lines.
    private const int MostRows = 12;
    private const int MostBeside = 3;

    // Keys of the columns that a narrow screen does without, the first first.
    private static readonly string[] _leastQuoted = ["median", "ratio", "net_ci95", "net_ns"];

    /// <summary>Longer reasons are in the report.</summary>
    private const int LongestReason = 230;

    /// <param name="folder">Where the report is, as a person would type it; null to leave that out.</param>
    public static IReadOnlyList<string> Lines(ResultsDocument document, string? folder, Explanation? explanation = null)
    {
        var findings = Findings(document);
        var notes = document.Findings.Count - findings.Count;
        IEnumerable<string?> remarks =
        [
            explanation is null ? null : ExplanationText.Sentence(explanation, document),
            FunctionCalls(document),
            .. Beside(document),
            .. NotMeasured(document),
            folder is null ? null : $"Report: {folder}/report.html{(notes == 0 ? "" : $", with {Readable.Count(notes, "note")} on how it was measured")}",
        ];
        return
        [
            .. findings.SelectMany(finding => Wrapped($"{finding.Severity.Name()}: {Sentence(finding)}", Indent)),
            .. findings.Count > 0 ? [""] : (string[])[],
            .. Wrapped(Answer.Of(document)[0]),
            .. Main(document) is { } table ? ["", table.TitleOf(Call.Scall), .. Text(Shown(table)).Select(line => Indent + line)] : (string[])[],
            "",
            .. remarks.OfType<string>().SelectMany(line => Wrapped(line, Indent)),
        ];
    }

    /// <summary>What may change how the rows of the table are read; shortest first. Everything else is in the report.</summary>
    public static IReadOnlyList<Finding> Findings(ResultsDocument document) =>
        [.. document.Findings.Where(finding => finding.Severity > Severity.Info && Bears(document, finding)).OrderBy(finding => Sentence(finding).Length)];

    /// <summary>Whether a finding is about a row of the main table: it names one, or it is about the machine where the machine's time is what was measured.</summary>
    public static bool Bears(ResultsDocument document, Finding finding)
    {
        var about = document.Rows.Select(row => row.Platform).Distinct().Where(platform => finding.Subject.Split(' ', ',').Contains(platform)).ToList();
        return about.Count > 0
            ? Main(document)?.Rows.Any(row => about.Contains(row.Platform)) == true
            : finding.Severity == Severity.Error || document.Unit != Unit.Instructions;
    }

    private static string Sentence(Finding finding) => $"{SafeText.Escape(finding.Subject)}: {SafeText.Escape(finding.Seen)}{(finding.Remedy is null ? string.Empty : $" ({SafeText.Escape(finding.Remedy)})")}";

    /// <summary>The system calls in the document's unit; where there is none, in the other; null where there is none at all.</summary>
    private static ResultTable? Main(ResultsDocument document) => ResultTable.Of(document)
        .Select(table => table with { Rows = [.. table.Rows.Where(row => row.Call == Call.Scall)] })
        .FirstOrDefault(table => table.Rows.Count > 0);

    /// <summary>What is least quoted goes where a line would be too long.</summary>
    private static IReadOnlyList<string> Text(ResultTable table)
    {
        List<Column> columns = [.. table.Quoted.Where(column => column.Key != "ratio_ci95"), .. table.Columns.Where(column => table.IsNet && column.Key == "median")];
        foreach (var key in _leastQuoted.TakeWhile(_ => table.Table(columns).Text().Any(line => Indent.Length + line.Length > Width)))
            columns.RemoveAll(column => column.Key == key);
        return table.Table(columns).Text();
    }

    private static ResultTable Shown(ResultTable table) =>
        table.Rows.Count <= MostRows ? table : table with { Rows = [.. table.Rows.GroupBy(row => row.Platform).SelectMany(Ends)] };

    private static IEnumerable<ResultRow> Ends(IEnumerable<ResultRow> rows) =>
        rows.OrderBy(row => row.Net?.Median ?? row.Median).ToList() is [var least, .., var most] ? [least, most] : rows;

    private static string? FunctionCalls(ResultsDocument document)
    {
        var calls = document.Rows.Where(row => row is { Call: Call.Fcall, Status: RowStatus.Measured } && row.Unit == document.Unit && !PlatformLabel.Is(document, row.Platform, PlatformRole.Reference));
        var costs = calls.Select(row => row.Net?.Median ?? row.Median).OfType<double>().Order().Select(cost => Readable.Number(cost)).ToList();
        var unit = Readable.UnitWord(document.Unit);
        return costs.Count == 0 ? null
            : costs[0] != costs[^1] ? $"Function call: {costs[0]} to {costs[^1]} {unit}."
            : $"Function call: {costs[0]} {unit}{(costs.Count > 1 ? " on every platform" : "")}.";
    }

    /// <summary>What was measured in another unit than the table's: this machine, beside guests under emulation.</summary>
    private static IEnumerable<string> Beside(ResultsDocument document)
    {
        var shown = (Main(document)?.Rows ?? []).ToHashSet();
        var others = document.Rows.Where(row => row is { Call: Call.Scall, Status: RowStatus.Measured } && !shown.Contains(row)).ToList();
        foreach (var row in others.Count <= MostBeside ? others : Ends(others))
        {
            var interval = row.Net is { Ci95: { } ci } ? $" ({Readable.Interval(ci)})" : string.Empty;
            var time = ResultTable.Nanoseconds(document, row) is { } ns ? $", {Readable.Number(ns)} ns" : string.Empty;
            yield return $"{PlatformLabel.Of(document, row)}: {Readable.Number(row.Net?.Median ?? row.Median)} {Readable.UnitWord(row.Unit ?? document.Unit)}{interval}{time}{Note(row)}; not to be compared with the table.";
        }

        foreach (var rows in shown.Where(row => row.Note is not null).GroupBy(Note))
            yield return $"{(rows.Count() > 1 && rows.Count() == shown.Count ? "Every row" : string.Join("; ", rows.Select(row => PlatformLabel.Of(document, row.Platform)).Distinct()))}:{rows.Key[1..]}.";
        if (shown.Count > MostRows || others.Count > MostBeside)
            yield return FormattableString.Invariant($"Of each platform the least and the most; all {shown.Count + others.Count} rows are in the report.");
    }

    private static string Note(ResultRow row) => row.Note is null ? string.Empty : $", {SafeText.Escape(row.Note)}";

    private static IEnumerable<string> NotMeasured(ResultsDocument document) =>
    [
        .. ResultTable.NotMeasured(document).GroupBy(missing => missing.Reason, missing => PlatformLabel.Of(document, missing.Platform))
            .Select(group => $"Not measured: {string.Join(" and ", group)}: {SafeText.Escape(group.Key, LongestReason)}"),
        .. document.Machines.Where(machine => machine.Reason is not null).Select(machine => $"{machine.Name}: {SafeText.Escape(machine.Reason, LongestReason)}"),
    ];

    /// <summary>Breaks between words only; a word that is longer than a line keeps it for itself.</summary>
    private static List<string> Wrapped(string text, string indent = "")
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= Width)
                lines[^1] += $" {word}";
            else
                lines.Add(lines.Count == 0 ? word : indent + word);
        }

        return lines;
    }
}
