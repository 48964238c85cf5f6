using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// What differs between two runs beside their numbers. Changed guests are what a comparison is usually for, so they are called out rather than refused:
/// whoever reads the table has to know what may explain it.
/// </summary>
internal static class Circumstances
{
    public static IEnumerable<Finding> Differences(ResultsDocument baseline, ResultsDocument current)
    {
        var before = baseline.Provenance;
        var after = current.Provenance;

        foreach (var finding in Facts("hash of what was booted", before.Hashes, after.Hashes, Severity.Warning))
            yield return finding;

        if (before.Iterations != after.Iterations)
            yield return Different("iterations per round", Text(before.Iterations), Text(after.Iterations), Severity.Warning);
        if (before.GuestCpu != after.GuestCpu)
            yield return Different("CPU model given to the guests", before.GuestCpu, after.GuestCpu, Severity.Warning);

        // Instructions do not depend on the machine that counts them.
        if (current.Unit == Unit.Cycles)
        {
            foreach (var finding in Facts("machine", before.Host, after.Host, Severity.Warning, "cpu", "microcode", "kernel"))
                yield return finding;
        }

        foreach (var finding in Facts("tool", before.Tools, after.Tools, Severity.Info))
            yield return finding;
    }

    private static IEnumerable<Finding> Facts(
        string kind, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, Severity severity, params string[] only)
    {
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var was = before.TryGetValue(name, out var a) ? a : null;
            var now = after.TryGetValue(name, out var b) ? b : null;
            if (was != now && (only.Length == 0 || only.Contains(name)))
                yield return Different($"{kind}: {name}", was, now, severity);
        }
    }

    private static Finding Different(string subject, string? before, string? after, Severity severity) =>
        new(severity, subject, $"{Short(before)} in the baseline, {Short(after)} now");

    /// <summary>A hash is told apart by its first digits, as git does.</summary>
    private static string Short(string? value) => value switch
    {
        null => "unknown",
        { Length: 64 } when value.All(char.IsAsciiHexDigit) => value[..12],
        _ => value,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
