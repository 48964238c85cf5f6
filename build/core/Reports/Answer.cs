using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What the experiment says, in sentences made from the data; what was not measured is left out rather than guessed.</summary>
public static class Answer
{
    public const string Question = "What does a system call cost?";

    /// <summary>The headline first, then what has to be known with it.</summary>
    public static IReadOnlyList<string> Of(ResultsDocument document)
    {
        var linux = Cost(document, "linux");
        var unmitigated = Cost(document, "linux-nomitig");
        var unikraft = Cost(document, "unikraft");
        var sentences = new List<string> { Headline(document, linux, unmitigated, unikraft) };

        if (Cost(document, "floor") is { } floor && linux is not null)
            sentences.Add($"The least that a kernel in its own ring can do takes {Readable.Number(floor.Value)} {Unit(document)}: {Readable.Percent(floor.Value / linux.Value.Value)} of Linux's.");
        if (linux is not null || unikraft is not null)
            sentences.Add(IsNet(document) ? "Each figure is the median of one call alone, without the loop around it." : "Each figure is the median of one call together with the loop around it, which was not timed by itself.");
        if (Caveat(document) is { } caveat)
            sentences.Add(caveat);
        return sentences;
    }

    private static string Headline(ResultsDocument document, ComparedValue? linux, ComparedValue? unmitigated, ComparedValue? unikraft) => (linux, unikraft) switch
    {
        ({ } high, { Value: > 0 } low) => $"{Compared(document, high, low)}{Share(document, high, unmitigated)}.",
        ({ } only, _) => $"A system call on {Linux(document)} {Verb(document)} {Readable.Number(only.Value)} {Unit(document)}{Share(document, only, unmitigated)}.",
        (_, { } only) => $"A system call on Unikraft {Verb(document)} {Readable.Number(only.Value)} {Unit(document)}; Linux was not measured.",
        _ => "No system call of Linux or Unikraft was measured in this run.",
    };

    private static string Compared(ResultsDocument document, ComparedValue linux, ComparedValue unikraft)
    {
        var figures = $"({Readable.Number(linux.Value)} against {Readable.Number(unikraft.Value)} {Unit(document)})";
        if (Mover.Difference(linux, unikraft).Ci95 is { Low: <= 0, High: >= 0 })
            return $"Between a system call on {Linux(document)} and on Unikraft there is no difference that noise could not explain {figures}";

        var ratio = Readable.Times(linux.Value / unikraft.Value);
        return document.Unit == Model.Unit.Instructions
            ? $"A system call on {Linux(document)} executes {ratio} times Unikraft's instructions {figures}"
            : $"A system call on {Linux(document)} costs {ratio} times Unikraft's {figures}";
    }

    private static string Share(ResultsDocument document, ComparedValue linux, ComparedValue? unmitigated)
    {
        if (unmitigated is not { } without || linux.Value <= 0)
            return string.Empty;

        var difference = Mover.Difference(linux, without);
        return difference switch
        {
            { Ci95: { Low: <= 0, High: >= 0 } } => "; its mitigations cost nothing that could be told from noise",
            { Value: < 0 } => "; without mitigations it costs more, which is worth a look at the findings",
            _ => $"; mitigations are {Readable.Percent(difference.Value / linux.Value)} of {(document.Unit == Model.Unit.Instructions ? "them" : "it")}",
        };
    }

    private static string? Caveat(ResultsDocument document) => document.Unit switch
    {
        Model.Unit.Instructions => "Instructions were counted one by one under emulation. The counts are exact, and they say nothing about time.",
        Model.Unit.Meaningless => "These ticks mean nothing: TCG ran without instruction counting. Run with --accel=tcg or --accel=kvm.",
        _ => null,
    };

    /// <summary>The net cost, unless no loop could be subtracted; an interval is kept only where it contains its value.</summary>
    private static ComparedValue? Cost(ResultsDocument document, string platform) =>
        Calls(document).FirstOrDefault(row => row.Platform == platform) switch
        {
            { Net: { } net } => Estimated(net.Median, net.Ci95),
            { Median: { } median } row when !IsNet(document) => Estimated(median, row.Ci95),
            _ => null,
        };

    // Net costs are never set against others.
    private static bool IsNet(ResultsDocument document) => Calls(document).Any(row => row.Net is not null);

    private static IEnumerable<ResultRow> Calls(ResultsDocument document) => document.Rows.Where(row => row.Call == Call.Scall && row.Unit == document.Unit);

    private static ComparedValue Estimated(double median, Interval? ci95) => new(median, ci95 is { } ci && ci.Low <= median && median <= ci.High ? ci : null);

    private static string Linux(ResultsDocument document) =>
        document.Provenance.Guests.TryGetValue("linux", out var facts) && facts.TryGetValue("release", out var release) && release.Split('.') is [var major, var minor, ..]
            ? $"Linux {major}.{minor}"
            : "Linux";

    private static string Verb(ResultsDocument document) => document.Unit == Model.Unit.Instructions ? "executes" : "costs";

    private static string Unit(ResultsDocument document) => document.Unit switch
    {
        Model.Unit.Cycles => "TSC cycles",
        Model.Unit.Instructions => "instructions",
        _ => "meaningless ticks",
    };
}
