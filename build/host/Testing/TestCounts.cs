using System.Text.Json;

namespace SyscallBench.Build.Testing;

/// <summary>How many tests ended how.</summary>
public sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>The line that ends a test run, and that continuous integration looks for.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Passed} passed, {Failed} failed{(Skipped > 0 ? FormattableString.Invariant($", {Skipped} skipped") : string.Empty)}");

    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads a report in the Common Test Report Format (ctrf.io).</summary>
    /// <exception cref="JsonException">This is no such report.</exception>
    public static TestCounts OfCtrf(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("results", out var results) || !results.TryGetProperty("summary", out var summary))
            throw new JsonException("no results.summary");
        return new TestCounts(Count("passed"), Count("failed") + Count("other"), Count("skipped"));

        int Count(string name) => summary.GetProperty(name).GetInt32();
    }
}
