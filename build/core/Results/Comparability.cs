using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Whether two rows of the same name answer the same question. What refuses a row is said in its reason.</summary>
internal static class Comparability
{
    /// <summary>Arguments of the benchmark that travel on the guest's command line and do not change what the guest is.</summary>
    private static readonly string[] _parameters = ["rounds=", "iters=", "warmup="];

    /// <summary>Why the rows cannot be compared; null where they can.</summary>
    public static string? Refusal(ResultsDocument baseline, ResultRow before, ResultsDocument current, ResultRow after)
    {
        if (before.Status != RowStatus.Measured || before.Median is null)
            return $"not measured in the baseline: {before.Reason ?? "no reason given"}";
        if (after.Status != RowStatus.Measured || after.Median is null)
            return $"not measured now: {after.Reason ?? "no reason given"}";

        if (before.Unit != after.Unit)
            return Differs("unit", before.Unit?.Name(), after.Unit?.Name());
        if (before.Unit == Unit.Meaningless)
            return "ticks without instruction counting measure nothing";
        if (before.Note != after.Note)
            return Differs("definition of the row", before.Note, after.Note);
        if (after.Unit == Unit.Cycles && Fact(baseline.Provenance.Host, "cpu") != Fact(current.Provenance.Host, "cpu"))
            return Differs("CPU", Fact(baseline.Provenance.Host, "cpu"), Fact(current.Provenance.Host, "cpu"));

        return Guest(baseline, current, after.Platform);
    }

    private static string? Guest(ResultsDocument baseline, ResultsDocument current, string platform)
    {
        var before = Definition(baseline, platform);
        var after = Definition(current, platform);
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (Fact(before, name) != Fact(after, name))
                return Differs($"the guest's {name}", Fact(before, name), Fact(after, name));
        }

        return null;
    }

    /// <summary>The facts that make a guest what it is: its CPU model, its command line and the mitigations it runs with.</summary>
    private static Dictionary<string, string> Definition(ResultsDocument document, string platform) =>
        document.Provenance.Guests.TryGetValue(platform, out var facts)
            ? facts.Where(fact => IsDefinition(fact.Key)).ToDictionary(fact => fact.Key, fact => Normal(fact.Key, fact.Value), StringComparer.Ordinal)
            : [];

    private static bool IsDefinition(string name) =>
        name is "cmdline" || name.Contains("model", StringComparison.Ordinal) || name.StartsWith("vulnerability", StringComparison.Ordinal);

    private static string Normal(string name, string value) =>
        name is not "cmdline"
            ? value
            : string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !_parameters.Any(parameter => word.StartsWith(parameter, StringComparison.Ordinal))));

    private static string? Fact(IReadOnlyDictionary<string, string> facts, string name) => facts.TryGetValue(name, out var value) ? value : null;

    private static string Differs(string what, string? before, string? after) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} differs: {before ?? "(none)"} in the baseline, {after ?? "(none)"} now");
}
