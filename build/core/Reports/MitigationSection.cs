using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What each guest's kernel says about its CPU's vulnerabilities.</summary>
public sealed class MitigationSection : IHtmlSection
{
    public string Id => "mitigations";

    public string Title => "Mitigations";

    public Html? Render(Report report)
    {
        var guests = report.Document.Provenance.Guests.Keys
            .Select(platform => (Platform: platform, Mitigations: GuestMitigations.Of(report.Document, platform)))
            .Where(guest => guest.Mitigations is not null)
            .ToList();
        if (guests.Count == 0)
            return null;

        var names = guests.SelectMany(guest => guest.Mitigations!.States.Keys).Distinct().Order(StringComparer.Ordinal);
        var rows = names.Select(name => (IReadOnlyList<string>)
        [
            name,
            .. guests.Select(guest => guest.Mitigations!.States.TryGetValue(name, out var state) ? state : Readable.Missing),
        ]);
        return Html.Of($"""
            <p>Read back from inside each guest, not from its command line: a kernel decides by itself what its CPU needs. Guests without a Linux kernel have no mitigations to report.</p>
            {Parts.Table("State of each vulnerability, in the kernel's own words", [("Vulnerability", false), .. guests.Select(guest => (PlatformLabel.Of(guest.Platform), false))], rows)}
            """);
    }
}
