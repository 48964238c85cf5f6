namespace SyscallBench.Results;

/// <summary>
/// What two runs were measured under. Some differences make two rows of one name answers to different questions, and refuse the comparison. The others are what a
/// comparison is usually for (another kernel, another compiler): they are listed, since they may explain what changed.
/// </summary>
internal static class Conditions
{
    /// <summary>Arguments of the benchmark that travel on the guest's command line and do not change what the guest is.</summary>
    private static readonly string[] _parameters = ["rounds=", "iters=", "warmup="];

    /// <summary>Why two rows cannot be compared, and what that makes of the baseline's; null where they can.</summary>
    public static (Change Change, string Reason)? Refusal(ResultsDocument baseline, ResultRow before, ResultsDocument current, ResultRow after)
    {
        if (before is not { Status: RowStatus.Measured, Median: not null })
            return (Change.NotComparable, $"not measured in the baseline: {before.Reason ?? "no reason given"}");
        if (after is not { Status: RowStatus.Measured, Median: not null })
            return (Change.Missing, $"not measured now: {after.Reason ?? "no reason given"}");
        if (before.Unit != after.Unit)
            return Missing("its unit", before.Unit?.Name(), after.Unit?.Name());
        if (before.Syscall != after.Syscall && before.Call == Call.Scall)
            return Missing("its system call", before.Syscall, after.Syscall);
        if (before.Note != after.Note)
            return Missing("what it measures", before.Note, after.Note);

        // Cycles of another CPU say nothing about this one, and nobody can mend that here. Instructions do not depend on the machine that counts them.
        if (after.Unit == Unit.Cycles && baseline.Provenance.Host.GetValueOrDefault("cpu") is var was && current.Provenance.Host.GetValueOrDefault("cpu") is var now && was != now)
            return (Change.NotComparable, $"measured on another CPU: {Values(was, now)}");

        var guest = Definition(baseline, before);
        var guestNow = Definition(current, after);
        return Changed(guest, guestNow).FirstOrDefault() is { } name ? Missing($"the guest's {name}", guest.GetValueOrDefault(name), guestNow.GetValueOrDefault(name)) : null;
    }

    public static IEnumerable<Finding> Differences(ResultsDocument baseline, ResultsDocument current)
    {
        var before = baseline.Provenance;
        var after = current.Provenance;
        return
        [
            .. Changes("image booted", before.Hashes, after.Hashes, Severity.Warning),
            .. Changes("run", Settings(before), Settings(after), Severity.Warning),
            .. after.Guests.Keys.Intersect(before.Guests.Keys).SelectMany(guest => Changes($"guest {guest}", Mitigations(before, guest), Mitigations(after, guest), Severity.Warning)),
            .. current.Unit == Unit.Cycles ? Changes("machine", Machine(before), Machine(after), Severity.Warning) : [],
            .. Changes("tool", before.Tools, after.Tools, Severity.Info),
        ];
    }

    private static (Change Change, string Reason) Missing(string what, string? before, string? after) => (Change.Missing, $"{what} differs: {Values(before, after)}");

    /// <summary>The facts that make a guest what it is: its CPU model and its command line.</summary>
    private static Dictionary<string, string> Definition(ResultsDocument document, ResultRow row) =>
        Facts(Provenance.Find(document.Provenance.Guests, row), name => name is "cmdline" || name.Contains("model", StringComparison.Ordinal))
            .ToDictionary(fact => fact.Key, fact => fact.Key is "cmdline" ? WithoutParameters(fact.Value) : fact.Value, StringComparer.Ordinal);

    // A kernel that mitigates more than the last one is still the same row: that it costs more is what a gate is there to notice.
    private static Dictionary<string, string> Mitigations(Provenance provenance, string platform) =>
        Facts(provenance.Guests.GetValueOrDefault(platform), name => name.StartsWith("vulnerability", StringComparison.Ordinal));

    private static Dictionary<string, string> Facts(IReadOnlyDictionary<string, string>? facts, Func<string, bool> wanted) =>
        facts?.Where(fact => wanted(fact.Key)).ToDictionary(StringComparer.Ordinal) ?? [];

    private static Dictionary<string, string> Settings(Provenance provenance) => new()
    {
        ["iterations per round"] = provenance.Iterations.ToString(CultureInfo.InvariantCulture),
        ["CPU model of the guests"] = provenance.GuestCpu,
    };

    private static Dictionary<string, string> Machine(Provenance provenance) =>
        Facts(provenance.Host, name => name is "cpu" or "microcode" or "kernel");

    private static string WithoutParameters(string commandLine) => string.Join(' ', commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => !_parameters.Any(parameter => word.StartsWith(parameter, StringComparison.Ordinal))));

    private static IEnumerable<Finding> Changes(string kind, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, Severity severity) =>
        Changed(before, after).Select(name => new Finding(severity, $"{kind}: {name}", Values(before.GetValueOrDefault(name), after.GetValueOrDefault(name))));

    private static IEnumerable<string> Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name));

    private static string Values(string? before, string? after) => $"{Shown(before)} in the baseline, {Shown(after)} now";

    private static string Shown(string? value) => value is null ? "nothing" : Sha256.Shortened(value);
}
