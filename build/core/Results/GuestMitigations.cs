
namespace SyscallBench.Results;

/// <summary>What a Linux guest said about its own vulnerabilities (/sys/devices/system/cpu/vulnerabilities), read for what matters to a system call.</summary>
public sealed class GuestMitigations
{
    private const string Prefix = "vulnerability.";

    private GuestMitigations(IReadOnlyDictionary<string, string> states) => States = states;

    /// <summary>The kernel's own words, by the name of the file.</summary>
    public IReadOnlyDictionary<string, string> States { get; }

    /// <param name="document">The results.</param>
    /// <param name="guest">Its key among the provenance's guests.</param>
    /// <returns>Null where the guest said nothing.</returns>
    public static GuestMitigations? Of(ResultsDocument document, string guest)
    {
        if (!document.Provenance.Guests.TryGetValue(guest, out var facts))
            return null;

        var states = facts
            .Where(fact => fact.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(fact => fact.Key[Prefix.Length..], fact => fact.Value, StringComparer.Ordinal);
        return states.Count == 0 ? null : new GuestMitigations(states);
    }

    /// <summary>Page tables are switched on every entry and exit (KPTI).</summary>
    public bool HasKpti => Meltdown?.Contains("PTI", StringComparison.Ordinal) ?? false;

    /// <summary>The kernel's word on Meltdown; null where it has none.</summary>
    public string? Meltdown => States.TryGetValue("meltdown", out var state) ? state : null;

    /// <summary>At least one mitigation is active.</summary>
    public bool Any => States.Values.Any(state => state.StartsWith("Mitigation", StringComparison.Ordinal));
}
