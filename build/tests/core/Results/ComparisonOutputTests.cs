using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Results;

public sealed class ComparisonOutputTests
{
    public static TheoryData<string> Cultures => InCulture.Names;

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Should_Print_What_Was_Agreed_When_On_A_Terminal(string culture)
    {
        using var elsewhere = new InCulture(culture);

        Snapshot.Match("comparison.txt", string.Join('\n', ComparisonText.Lines(Comparison(), NoPaint.Of)) + '\n');
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Should_Print_What_Was_Agreed_When_In_A_Summary(string culture)
    {
        using var elsewhere = new InCulture(culture);

        Snapshot.Match("comparison.md", string.Join('\n', ComparisonMarkdown.Lines(Comparison())) + '\n');
    }

    [Fact]
    public void Should_Paint_Verdicts_And_Severities_Only()
    {
        var lines = ComparisonText.Lines(Comparison(), (tone, text) => tone == Tone.Plain ? text : $"<{tone} {text}>").ToList();

        Assert.Contains(lines, line => line.EndsWith("  <Bad slower: regression>", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("  <Good faster>", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("  <Caution slower, within the threshold>", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("<Caution warning:> ", StringComparison.Ordinal));
        Assert.StartsWith("<Bad regression beyond", lines[^1], StringComparison.Ordinal);
    }

    private static Comparison Comparison()
    {
        var baseline = SampleReports.Kvm().Document;
        var current = baseline with
        {
            Rows =
            [
                .. baseline.Rows.Select(row => row switch
                {
                    { Platform: "unikraft", Call: Call.Scall } => Scaled(row, 1.03),
                    { Platform: "linux", Call: Call.Scall } => Scaled(row, 0.97),
                    { Platform: "linux-nomitig", Call: Call.Scall } => Scaled(row, 1.01),
                    { Platform: "floor", Call: Call.Scall } => row with { Ci95 = null },
                    _ => row,
                }),
            ],
            Provenance = baseline.Provenance with { Hashes = new Dictionary<string, string> { ["kernel"] = new('c', 64), ["benchmark"] = new('b', 64) } },
        };
        return Comparer.Compare(baseline, current, 0.02);
    }

    private static ResultRow Scaled(ResultRow row, double factor) =>
        row with { Median = row.Median * factor, Ci95 = new Interval(row.Ci95!.Value.Low * factor, row.Ci95.Value.High * factor) };
}
