using System.Globalization;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The machine and everything that somebody needs to repeat the run.</summary>
public sealed class ProvenanceSection : IHtmlSection
{
    public string Id => "provenance";

    public string Title => "Machine and provenance";

    public Html? Render(Report report)
    {
        var provenance = report.Document.Provenance;
        return Html.Join(
        [
            Group("Run", Run(report.Document)),
            Group("Machine", Pairs(provenance.Host)),
            Group("Tools", Pairs(provenance.Tools)),
            Group("Sources", Pairs(provenance.Pins)),
            Group("SHA-256 of what was booted", Pairs(provenance.Hashes)),
            Group("Clocks", provenance.Clocks.Select(clock => (clock.Key, Clock(clock.Value)))),
            .. provenance.Guests.Select(guest => Group($"Guest: {PlatformLabel.Of(guest.Key)}", Pairs(guest.Value))),
        ]);
    }

    private static IEnumerable<(string Name, string Value)> Run(ResultsDocument document)
    {
        var provenance = document.Provenance;
        yield return ("version", provenance.Commit is null ? provenance.Version : $"{provenance.Version} ({provenance.Commit})");
        yield return ("started", provenance.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        yield return ("command line", string.Join(' ', provenance.CommandLine));
        yield return ("accelerator", $"{document.Accelerator}: {provenance.AcceleratorReason}");
        yield return ("guest CPU", provenance.GuestCpu);
        yield return ("seed", Text(provenance.Seed));
        yield return ("boots per platform", Text(provenance.Runs));
        yield return ("rounds per boot", Text(provenance.Rounds));
        yield return ("calls per round", Text(provenance.Iterations));
        yield return ("warm-up rounds", Text(provenance.Warmup));
    }

    private static Html Group(string title, IEnumerable<(string Name, string Value)> facts)
    {
        var known = facts.ToList();
        return known.Count == 0 ? Html.Of($"") : Html.Of($"<h3>{title}</h3>{Parts.Facts(known)}");
    }

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyDictionary<string, string> facts) => facts.Select(fact => (fact.Key, fact.Value));

    private static string Clock(ClockFact clock) =>
        string.Create(CultureInfo.InvariantCulture, $"{clock.Khz / 1000.0:0.###} MHz, known from {clock.Source}{(clock.Invariant ? ", invariant" : string.Empty)}");

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
