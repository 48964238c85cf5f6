using SyscallBench.Reports;
using SyscallBench.Results;

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
    /// <param name="document">What was measured.</param>
    /// <param name="explanation">The paths of <see cref="MitigationLadder.Priced"/>; null where ticks are no instructions.</param>
    public IEnumerable<string> Lines(ResultsDocument document, Explanation? explanation)
    {
        var call = document.Rows.Select(row => row.Syscall).FirstOrDefault(name => name is not null) ?? "call";
        yield return $"What mitigations add to {call}: {Readable.UnitName(document.Unit).ToLowerInvariant()}, net of the loop; {ladder.On.Label} on {document.Provenance.GuestCpu}";
        yield return "";
        foreach (var line in document.Unit == Unit.Instructions ? _notPriced : [])
            yield return line;
        foreach (var line in Costs(document).Text())
            yield return $"  {line}";
        yield return "";
        if (document.Unit == Unit.Instructions)
        {
            yield return "Whose instructions went, by function:";
            foreach (var line in Functions(document, explanation))
                yield return $"  {line}";
            yield return "";
        }

        yield return "Read back from the guest, step by step in the first order:";
        foreach (var step in ladder.Down)
            yield return $"  {step.Name}: {Changed(step.Changes(document))}";
        yield return "";
        foreach (var step in ladder.Alone.Where(step => step.Changes(document).Count == 0))
            yield return $"{step.Name} alone is none: the guest says the same with {step.Switch!.Words} as without.";
        if (ladder.NotAffected.Count > 0)
            yield return $"Not affected, so not switched off: {string.Join(", ", ladder.NotAffected)}.";
        if (ladder.WithoutSwitch.Count > 0)
            yield return $"No switch on the command line is known for {string.Join(", ", ladder.WithoutSwitch)}.";
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

    private static string Changed(IReadOnlyList<string> changes) => changes.Count == 0 ? "none: the guest says the same as before" : string.Join("; ", changes);
}
