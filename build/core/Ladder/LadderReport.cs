using ScottPlot;
using SyscallBench.Reports;
using SyscallBench.Results;
using Palette = SyscallBench.Reports.Palette;

namespace SyscallBench.Ladder;

/// <summary>The ladder as text: what each step takes away, and what the guest said of it.</summary>
public sealed class LadderTable(MitigationLadder ladder)
{
    private static readonly string[] _notPriced =
    [
        "THESE COUNTS DO NOT PRICE MITIGATIONS. A write to CR3, a VERW and an IBPB are one instruction each and",
        "take from tens to thousands of cycles. Counts say which instructions a mitigation adds; where KVM works,",
        "the same target measures cycles.",
        "",
    ];

    /// <summary>What a terminal shows, too.</summary>
    /// <param name="explanation">The paths of <see cref="MitigationLadder.Priced"/>; null where ticks are no instructions.</param>
    public IEnumerable<string> Lines(ResultsDocument document, Explanation? explanation)
    {
        var call = document.Rows.Select(row => row.Syscall).FirstOrDefault(name => name is not null) ?? "call";
        var isCount = document.Unit == Unit.Instructions;
        return
        [
            $"What mitigations add to {call}: {Readable.UnitName(document.Unit).ToLowerInvariant()}, net of the loop; {ladder.On.Label} on {document.Provenance.GuestCpu}",
            "",
            .. isCount ? _notPriced : [],
            .. Costs(document).Text().Select(line => $"  {line}"),
            "",
            .. isCount ? ["Whose instructions went, by function:", .. Functions(document, explanation).Select(line => $"  {line}"), ""] : (string[])[],
            "Read back from the guest, step by step in the first order:",
            .. ladder.Down.Select(step => $"  {step.Name}: {string.Join("; ", step.Changes(document).DefaultIfEmpty("none: the guest says the same as before"))}"),
            "",
            .. ladder.Alone.Where(step => step.Changes(document).Count == 0)
                .Select(step => $"{step.Name} alone is none: the guest says the same with {step.Switch!.Words} as without."),
            .. ladder.NotAffected.Count > 0 ? [$"Not affected, so not switched off: {string.Join(", ", ladder.NotAffected)}."] : (string[])[],
            .. ladder.WithoutSwitch.Count > 0 ? [$"No switch on the command line is known for {string.Join(", ", ladder.WithoutSwitch)}."] : (string[])[],
        ];
    }

    private Table Costs(ResultsDocument document) => new(
        "",
        [new("Switched off"), new("By"), new("In this order", IsNumber: true), new("In reverse", IsNumber: true), new("Alone", IsNumber: true)],
        [
            .. ladder.Down.Select(step => (IReadOnlyList<string>)
            [
                step.Name,
                step.Switch?.Words ?? "mitigations=off",
                Number(step.Cost(document)),
                Number(ladder.Up.First(other => other.Switch == step.Switch).Cost(document)),
                step.Switch is null ? "" : Number(ladder.Alone.First(other => other.Switch == step.Switch).Cost(document)),
            ]),
            ["all on less all off", "", Number(Sum(ladder.Down, document)), Number(Sum(ladder.Up, document)), ""],
        ]);

    // A switch has one line, unless the same functions did not change in all columns.
    private IEnumerable<string> Functions(ResultsDocument document, Explanation? explanation) =>
        from column in (IEnumerable<(string Name, IReadOnlyList<LadderStep> Steps)>)[("in this order", ladder.Down), ("in reverse", ladder.Up), ("alone", ladder.Alone)]
        from step in column.Steps
        where step.Cost(document) is not (null or 0)
        group column.Name by (step.Name, Counts: step.Functions(explanation)?.Counts ?? "not explained") into same
        select $"{same.Key.Name} ({string.Join(", ", same)}): {same.Key.Counts}";

    private static double? Sum(IReadOnlyList<LadderStep> chain, ResultsDocument document) =>
        chain.Aggregate((double?)0, (sum, step) => sum + step.Cost(document));

    private static string Number(double? value) => value is null ? "not measured" : Readable.Number(value);
}

/// <summary>What each mitigation adds, stacked to the difference between all on and all off: one bar for each order.</summary>
public static class LadderPlot
{
    private const int BarsWidth = 720;
    private const int RowHeight = 120;

    public static Figure Of(MitigationLadder ladder) => new("mitigations", report =>
    {
        var bars = new[] { (Name: "first to last", Steps: ladder.Down), (Name: "last to first", Steps: ladder.Up) }.Select(bar => (bar.Name, Parts: Parts(bar.Steps, report.Document))).ToList();
        return bars.All(bar => bar.Parts.Count == 0) ? null : new Picture(
            report.Document.Unit == Unit.Instructions
                ? "Instructions that each mitigation adds to a system call; counts do not price CR3 writes, VERW or IBPB"
                : $"{Readable.UnitName(report.Document.Unit)} that each mitigation adds to a system call",
            string.Join("; ", bars.Select(bar => $"{bar.Name}: {string.Join(", ", bar.Parts.Select(part => $"{part.Name} {Readable.Number(part.Cost)}"))}")),
            canvas => Draw(canvas, [.. bars.Select(bar => bar.Name)], [.. bars.Select(bar => bar.Parts)]));
    });

    private static PlotSize Draw(Plot canvas, List<string> names, List<List<Part>> bars)
    {
        // Neighbours differ in lightness, too.
        foreach (var (row, bar) in bars.Index())
        foreach (var (index, part) in bar.Index())
            canvas.Bar(part.Start, part.Start + part.Cost, -row, 0.8, index % 2 == 0 ? Palette.Area : Palette.Faint);

        var ends = bars.SelectMany(bar => bar).SelectMany(part => (double[])[part.Start, part.Start + part.Cost]).ToList();
        var perPixel = (ends.Max() - ends.Min()) / BarsWidth;
        foreach (var (row, bar) in bars.Index())
        foreach (var part in bar)
        {
            // A part that is too narrow for its name has its number alone, or nothing: the table has them all.
            string[] texts = [$"{part.Name.Replace('_', '\n').Replace(' ', '\n')}\n{Readable.Number(part.Cost)}", Readable.Number(part.Cost)];
            if (texts.FirstOrDefault(text => PlotCanvas.WidthOf(text) + 6 < Math.Abs(part.Cost) / perPixel) is { } fitting)
                canvas.Write(fitting, part.Start + (part.Cost / 2), -row, Alignment.MiddleCenter);
        }

        return canvas.NameRows(names, (ends.Min(), ends.Max() * 1.01), (0.5 - names.Count, 0.5), BarsWidth + 40, RowHeight * names.Count);
    }

    // What switching off makes dearer stands left of zero.
    private static List<Part> Parts(IReadOnlyList<LadderStep> steps, ResultsDocument document)
    {
        var (parts, left, right) = (new List<Part>(), 0.0, 0.0);
        foreach (var step in steps)
        {
            if (step.Cost(document) is not { } cost || cost == 0)
                continue;
            parts.Add(new Part(step.Name, cost, cost > 0 ? right : left));
            (left, right) = cost > 0 ? (left, right + cost) : (left + cost, right);
        }

        return parts;
    }

    private sealed record Part(string Name, double Cost, double Start);
}
