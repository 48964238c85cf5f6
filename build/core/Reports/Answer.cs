using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What the experiment says, in sentences made from the data; what was not measured is left out rather than guessed.</summary>
public sealed class Answer(ResultsDocument document)
{
    public const string Question = "What does a system call cost?";

    /// <summary>The headline first, then what has to be known with it.</summary>
    public static IReadOnlyList<string> Of(ResultsDocument document)
    {
        var answer = new Answer(document);
        return [answer.Headline(), .. answer.Caveats()];
    }

    // Net costs are never compared with others.
    private bool IsNet => Calls.Any(row => row.Net is not null);

    private IReadOnlyList<Dimension> Varying => Calls.GroupBy(row => row.Platform).Any(settings => settings.Skip(1).Any()) ? Dimensions.Varying(document, Calls) : [];

    private IEnumerable<ResultRow> Calls => document.Rows.Where(row => row.Call == Call.Scall && row.Status == RowStatus.Measured && row.Unit == document.Unit);

    private string Headline()
    {
        if (Varying.Count > 0)
            return Ranges();
        var (linux, unmitigated, unikraft) = (Cost(PlatformCatalog.Linux), Cost(PlatformCatalog.LinuxWithoutMitigations), Cost(PlatformCatalog.Unikraft));
        return (linux ?? unmitigated, unikraft) switch
        {
            ({ } cost, _) => $"A system call on {System(linux is null)} {Verb} {Figure(cost)}{Compared(cost, unikraft)}{(linux is null ? "" : Share(cost, unmitigated))}.",
            (_, { } cost) => $"A system call on {PlatformCatalog.Unikraft.Label} {Verb} {Figure(cost)}; Linux was not measured.",
            _ => Elsewhere(),
        };
    }

    /// <summary>The least and the most of each platform, where it was measured in several settings.</summary>
    private string Ranges()
    {
        string[] asked = [PlatformCatalog.Linux.Name, PlatformCatalog.LinuxWithoutMitigations.Name, PlatformCatalog.Unikraft.Name];
        var known = Calls.OrderBy(row => Of(row)?.Value).ToLookup(row => row.Platform);
        var names = asked.Any(known.Contains) ? asked.Where(known.Contains) : Calls.Select(row => row.Platform).Distinct();
        return $"A system call {Verb} {string.Join("; ", names.Select(name => $"{Range([.. known[name]])} on {PlatformLabel.InSentence(document, name)}"))}.";
    }

    private string Range(List<ResultRow> rows)
    {
        var (least, most) = (Readable.Number(Of(rows[0])?.Value), Readable.Number(Of(rows[^1])?.Value));
        var unit = Readable.UnitWord(document.Unit);
        var varying = Dimensions.Varying(document, rows);
        return least == most ? $"{least} {unit}" : $"{least} ({Label(rows[0], varying)}) to {most} {unit} ({Label(rows[^1], varying)})";
    }

    private string Label(ResultRow row, IReadOnlyList<Dimension> varying) => SafeText.Escape(Dimensions.Label(document, row, varying));

    /// <summary>What there is where neither Linux nor Unikraft was measured.</summary>
    private string Elsewhere()
    {
        var other = Calls.Concat(document.Rows.Where(row => row is { Call: Call.Scall, Status: RowStatus.Measured })).FirstOrDefault();
        return other is { Unit: { } unit } && (ComparedValue.OfNet(other) ?? ComparedValue.OfMedian(other)) is { } cost
            ? $"{Called(other)} on {PlatformLabel.InSentence(document, other.Platform)} {(unit == Unit.Instructions ? "executes" : "costs")} {Readable.Number(cost.Value)} {Readable.UnitWord(unit)}; neither Linux with the noop nor Unikraft was measured."
            : "No system call was measured.";
    }

    private static string Called(ResultRow row) => row.Syscall is null || row.Syscall == Syscalls.Name(Syscalls.Noop) ? "A system call" : $"The system call {row.Syscall}";

    private static string Compared(ComparedValue linux, ComparedValue? other)
    {
        var name = PlatformCatalog.Unikraft.Label;
        if (other is not { } unikraft)
            return "";
        if (unikraft.Value > 0 && Mover.Difference(linux, unikraft).Ci95 is not { Low: <= 0, High: >= 0 })
            return $", {Readable.Times(linux.Value / unikraft.Value)} times {name}'s {Readable.Number(unikraft.Value)}";
        return $", and one on {name} {Readable.Number(unikraft.Value)}{(unikraft.Value > 0 ? ": no difference beyond noise" : "")}";
    }

    private static string Share(ComparedValue linux, ComparedValue? unmitigated)
    {
        return unmitigated is not { } without ? "" : Mover.Difference(linux, without) switch
        {
            { IsExact: true, Value: 0 } => "; mitigations are none of them",
            { Ci95: { Low: <= 0, High: >= 0 } } => "; mitigations cost nothing that noise could not explain",
            { Value: <= 0 } => "; without mitigations it costs more, see the findings",
            { Value: var share } => $"; mitigations are {Readable.Number(share)} of them",
        };
    }

    private IEnumerable<string> Caveats()
    {
        if (Calls.Any())
            yield return IsNet ? "Each figure is the cost of the call alone: the loop with the call less the loop without." : "Each figure includes the loop around the call, which was not timed by itself.";
        if (Varying.Count == 0 && Cost(PlatformCatalog.Floor) is { } floor && Cost(PlatformCatalog.Linux) is { } linux)
            yield return $"The least that a kernel in its own ring can do takes {Readable.Number(floor.Value)}: {Readable.Percent(floor.Value / linux.Value)} of Linux's.";
        if (document.Unit == Unit.Instructions && Calls.Any())
            yield return "Instructions were counted under emulation. The counts are exact, and they are not time: on a machine with KVM, cycles are measured.";
    }

    private ComparedValue? Cost(Platform platform) => Calls.FirstOrDefault(row => row.Platform == platform.Name) is { } row ? Of(row) : null;

    private ComparedValue? Of(ResultRow row) => IsNet ? ComparedValue.OfNet(row) : ComparedValue.OfMedian(row);

    private string Figure(ComparedValue cost) => $"{Readable.Number(cost.Value)} {Readable.UnitWord(document.Unit)}";

    private string Verb => document.Unit == Unit.Instructions ? "executes" : "costs";

    private string System(bool unmitigated)
    {
        var platform = (unmitigated ? PlatformCatalog.LinuxWithoutMitigations : PlatformCatalog.Linux).Name;
        var release = document.Provenance.Guests.TryGetValue(platform, out var facts) && facts.TryGetValue("release", out var text) && text.Split('.') is [var major, var minor, ..]
            ? $"Linux {SafeText.Escape(major)}.{SafeText.Escape(minor)}"
            : "Linux";
        return unmitigated ? $"{release} without mitigations" : release;
    }
}
