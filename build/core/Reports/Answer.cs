using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What the experiment says, in sentences made from the data; what was not measured is left out rather than guessed.</summary>
public sealed class Answer
{
    public const string Question = "What does a system call cost?";

    private readonly ResultsDocument _document;
    private readonly bool _isNet;
    private readonly IReadOnlyList<Dimension> _varying;

    private Answer(ResultsDocument document)
    {
        _document = document;
        // Net costs are never compared with others.
        _isNet = Calls.Any(row => row.Net is not null);
        _varying = Calls.GroupBy(row => row.Platform).Any(settings => settings.Skip(1).Any()) ? Dimensions.Varying(document, Calls) : [];
    }

    /// <summary>The headline first, then what has to be known with it.</summary>
    public static IReadOnlyList<string> Of(ResultsDocument document)
    {
        var answer = new Answer(document);
        return [answer.Headline(), .. answer.Caveats()];
    }

    private IEnumerable<ResultRow> Calls => _document.Rows.Where(row => row.Call == Call.Scall && row.Status == RowStatus.Measured && row.Unit == _document.Unit);

    private string Headline()
    {
        if (_varying.Count > 0)
            return Ranges();
        var (linux, unmitigated, unikraft) = (Cost(PlatformCatalog.Linux), Cost(PlatformCatalog.LinuxWithoutMitigations), Cost(PlatformCatalog.Unikraft));
        return (linux ?? unmitigated, unikraft) switch
        {
            ({ } high, { } low) => $"A system call on {System(linux is null)} {Verb} {Compared(high, low)}{(linux is null ? string.Empty : Share(high, unmitigated))}.",
            ({ } only, _) => $"A system call on {System(linux is null)} {Verb} {Figure(only)}{(linux is null ? string.Empty : Share(only, unmitigated))}.",
            (_, { } only) => $"A system call on {PlatformCatalog.Unikraft.Label} {Verb} {Figure(only)}; Linux was not measured.",
            _ => Elsewhere(),
        };
    }

    /// <summary>The least and the most of each platform, where it was measured in several settings.</summary>
    private string Ranges()
    {
        string[] asked = [PlatformCatalog.Linux.Name, PlatformCatalog.LinuxWithoutMitigations.Name, PlatformCatalog.Unikraft.Name];
        var known = Calls.GroupBy(row => row.Platform).ToDictionary(settings => settings.Key, settings => settings.OrderBy(row => Of(row)?.Value).ToList());
        var ranges = known.Keys.OrderBy(name => Array.IndexOf(asked, name) is var place and >= 0 ? place : asked.Length)
            .Where(name => asked.Contains(name) || !known.Keys.Any(asked.Contains))
            .Select(name => $"{Range(known[name])} on {PlatformLabel.InSentence(_document, name)}");
        return $"A system call {Verb} {string.Join("; ", ranges)}.";
    }

    private string Range(List<ResultRow> rows)
    {
        var (least, most) = (Readable.Number(Of(rows[0])?.Value), Readable.Number(Of(rows[^1])?.Value));
        var unit = Readable.UnitWord(_document.Unit);
        var varying = Dimensions.Varying(_document, rows);
        return least == most ? $"{least} {unit}" : $"{least} ({Label(rows[0], varying)}) to {most} {unit} ({Label(rows[^1], varying)})";
    }

    private string Label(ResultRow row, IReadOnlyList<Dimension> varying) => SafeText.Escape(Dimensions.Label(_document, row, varying));

    /// <summary>What there is where neither Linux nor Unikraft was measured.</summary>
    private string Elsewhere()
    {
        var other = Calls.Concat(_document.Rows.Where(row => row is { Call: Call.Scall, Status: RowStatus.Measured })).FirstOrDefault();
        return other is { Unit: { } unit } && (ComparedValue.OfNet(other) ?? ComparedValue.OfMedian(other)) is { } cost
            ? $"{Called(other)} on {PlatformLabel.InSentence(_document, other.Platform)} {(unit == Unit.Instructions ? "executes" : "costs")} {Readable.Number(cost.Value)} {Readable.UnitWord(unit)}; neither Linux with the noop nor Unikraft was measured."
            : "No system call was measured.";
    }

    private static string Called(ResultRow row) => row.Syscall is null || row.Syscall == Syscalls.Name(Syscalls.Noop) ? "A system call" : $"The system call {row.Syscall}";

    private string Compared(ComparedValue linux, ComparedValue unikraft)
    {
        var name = PlatformCatalog.Unikraft.Label;
        if (unikraft.Value <= 0)
            return $"{Figure(linux)}, and one on {name} {Readable.Number(unikraft.Value)}";
        return Mover.Difference(linux, unikraft).Ci95 is { Low: <= 0, High: >= 0 }
            ? $"{Figure(linux)}, and one on {name} {Readable.Number(unikraft.Value)}: no difference beyond noise"
            : $"{Figure(linux)}, {Readable.Times(linux.Value / unikraft.Value)} times {name}'s {Readable.Number(unikraft.Value)}";
    }

    private string Share(ComparedValue linux, ComparedValue? unmitigated)
    {
        if (unmitigated is not { } without)
            return string.Empty;

        var difference = Mover.Difference(linux, without);
        return difference switch
        {
            { IsExact: true, Value: 0 } => "; mitigations are none of them",
            { Ci95: { Low: <= 0, High: >= 0 } } => "; mitigations cost nothing that noise could not explain",
            { Value: <= 0 } => "; without mitigations it costs more, see the findings",
            _ => $"; mitigations are {Readable.Number(difference.Value)} of them",
        };
    }

    private IEnumerable<string> Caveats()
    {
        if (Calls.Any())
            yield return _isNet ? "Each figure is the cost of the call alone: the loop with the call less the loop without." : "Each figure includes the loop around the call, which was not timed by itself.";
        if (_varying.Count == 0 && Cost(PlatformCatalog.Floor) is { } floor && Cost(PlatformCatalog.Linux) is { } linux)
            yield return $"The least that a kernel in its own ring can do takes {Readable.Number(floor.Value)}: {Readable.Percent(floor.Value / linux.Value)} of Linux's.";
        if (_document.Unit == Unit.Instructions && Calls.Any())
            yield return "Instructions were counted under emulation. The counts are exact, and they are not time: on a machine with KVM, cycles are measured.";
    }

    private ComparedValue? Cost(Platform platform) => Calls.FirstOrDefault(row => row.Platform == platform.Name) is { } row ? Of(row) : null;

    private ComparedValue? Of(ResultRow row) => _isNet ? ComparedValue.OfNet(row) : ComparedValue.OfMedian(row);

    private string Figure(ComparedValue cost) => $"{Readable.Number(cost.Value)} {Readable.UnitWord(_document.Unit)}";

    private string Verb => _document.Unit == Unit.Instructions ? "executes" : "costs";

    private string System(bool unmitigated)
    {
        var platform = (unmitigated ? PlatformCatalog.LinuxWithoutMitigations : PlatformCatalog.Linux).Name;
        var release = _document.Provenance.Guests.TryGetValue(platform, out var facts) && facts.TryGetValue("release", out var text) && text.Split('.') is [var major, var minor, ..]
            ? $"Linux {SafeText.Escape(major)}.{SafeText.Escape(minor)}"
            : "Linux";
        return unmitigated ? $"{release} without mitigations" : release;
    }
}
