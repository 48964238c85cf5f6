using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The sections of the page that say what the numbers come from, and what they are worth beside the published ones.</summary>
internal static class HtmlProvenance
{
    public static Html? Section(Report report)
    {
        var provenance = report.Document.Provenance;
        (string Title, IEnumerable<(string Name, string Value)> Facts)[] groups =
        [
            ("Run",
            [
                ("version", provenance.Commit is null ? provenance.Version : $"{provenance.Version} ({provenance.Commit})"),
                ("started", provenance.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
                ("command line", string.Join(' ', provenance.CommandLine)),
                ("accelerator", $"{report.Document.Accelerator}: {provenance.AcceleratorReason}"),
                ("guest CPU", provenance.GuestCpu),
                ("seed", $"{provenance.Seed}"),
                ("boots per platform", $"{provenance.Runs}"),
                ("rounds per boot", $"{provenance.Rounds}"),
                ("calls per round", $"{provenance.Iterations}"),
                ("warm-up rounds", $"{provenance.Warmup}"),
            ]),
            ("Machine", Pairs(provenance.Host)),
            ("Tools", Pairs(provenance.Tools)),
            ("Sources", Pairs(provenance.Pins)),
            ("SHA-256 of what was booted", Pairs(provenance.Hashes)),
            ("Clocks", provenance.Clocks.Select(clock => (clock.Key, Clock(clock.Value)))),
            .. provenance.Guests.Select(guest => ($"Guest: {Guest(report.Document, guest.Key)}", Pairs(guest.Value))),
        ];
        return Html.Join(groups.Select(group => group.Facts.Any() ? Html.Of($"<h3>{group.Title}</h3>{Html.Facts(group.Facts)}") : Html.Empty));
    }

    public static Html? Mitigations(Report report)
    {
        var guests = report.Document.Provenance.Guests
            .Select(guest => (Platform: guest.Key, States: Provenance.Vulnerabilities(guest.Value)))
            .Where(guest => guest.States.Count > 0)
            // Settings in which a guest's kernel says the same are one column.
            .GroupBy(guest => (guest.Platform.Split('/')[0], string.Join('\n', guest.States.OrderBy(state => state.Key, StringComparer.Ordinal))))
            .Select(same => (Name: string.Join("; ", same.Select(guest => Guest(report.Document, guest.Platform))), same.First().States))
            .ToList();
        if (guests.Count == 0)
            return null;

        var names = guests.SelectMany(guest => guest.States.Keys).Distinct().Order(StringComparer.Ordinal);
        var table = new Table(
            "State of each vulnerability, in the kernel's own words",
            [new("Vulnerability"), .. guests.Select(guest => new Heading(guest.Name))],
            [.. names.Select(name => (string[])[name, .. guests.Select(guest => guest.States.GetValueOrDefault(name, Readable.Missing))])]);
        return Html.Of($"<p>Read from inside each guest, not from its command line: a kernel decides by itself what its CPU needs. Guests without a Linux kernel report nothing.</p>\n{table.Page()}");
    }

    /// <summary>The measured ratios beside the published ones, which were measured in one setting.</summary>
    public static Html? Paper(Report report)
    {
        if (Dimensions.Varying(report.Document).Count > 0)
            return null;
        var published = string.Join(" : ", PublishedTable.Rows.Select(row => Readable.Number(row.Cycles)));
        var table = new Table(
            "Ratios of system calls, published and measured, both with the loop around the call",
            [new("Ratio"), new("Published", true), new("Here", true), new("95 % interval", true), new("Verdict"), new("Why")],
            [.. PaperVerdict.Of(report.Document).Select(verdict => (string[])
            [
                verdict.Claim.Name,
                Readable.Ratio(verdict.Claim.Published),
                verdict.Measured is { } here ? Readable.Ratio(here.Value) : Readable.Missing,
                verdict.Measured is { IsExact: true } ? "exact" : Readable.Ratio(verdict.Measured?.Ci95),
                Word(verdict.Outcome),
                verdict.Reason,
            ])]);
        var rule = report.Document.Unit == Unit.Cycles
            ? "Cycles of different CPUs cannot be compared, ratios can: one is reproduced when its whole interval lies within a fifth of the published ratio, and different when all of it lies outside."
            : "Instruction counts cannot reproduce cycles: an instruction takes anything from a fraction of a cycle to hundreds. The ratios stand side by side for the reader, without a verdict.";
        return Html.Of($"<p>The EuroSys'21 paper measured {published} cycles for Linux, Linux without mitigations, Unikraft and a function call ({PublishedTable.Machine}). {rule}</p>\n{table.Page()}");
    }

    internal static string Word(Outcome outcome) => outcome.Name().Replace('-', ' ');

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyDictionary<string, string> facts) => facts.Select(fact => (fact.Key, fact.Value));

    /// <summary>A guest by its key: with what tells it from the platform's others.</summary>
    private static string Guest(ResultsDocument document, string key) =>
        key.Split('/') is [var platform, var setting] && document.Rows.FirstOrDefault(row => row.Platform == platform && row.Setting == setting) is { } row
            ? PlatformLabel.Of(document, row)
            : PlatformLabel.Of(document, key);

    private static string Clock(ClockFact clock) =>
        FormattableString.Invariant($"{clock.Khz / 1000.0:0.###} MHz, known from {clock.Source}{(clock.Invariant ? ", invariant" : string.Empty)}{(clock.CoreKhz is { } core ? $"; the core ran at {core / 1000.0:0.###} MHz" : string.Empty)}");
}
