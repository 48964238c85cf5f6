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

        Snapshot.Match("comparison.txt", string.Join('\n', ComparisonReport.Text(Comparison())) + '\n');
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Should_Print_What_Was_Agreed_When_In_A_Summary(string culture)
    {
        using var elsewhere = new InCulture(culture);

        Snapshot.Match("comparison.md", string.Join('\n', ComparisonReport.Markdown(Comparison())) + '\n');
    }

    [Fact]
    public void Should_Say_Which_Rows_Are_Missing_When_Some_Are()
    {
        var baseline = SampleReports.Tcg().Document;

        var comparison = Comparer.Compare(baseline, baseline with { Rows = [.. baseline.Rows.Where(row => row.Platform != "unikraft")] }, 0.02);

        Assert.Contains("unikraft", ComparisonReport.Text(comparison).Last(), StringComparison.Ordinal);
        Assert.Contains("\"missing\": true", comparison.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Escape_What_A_Baseline_Says_When_It_Is_Printed()
    {
        var document = SampleReports.Tcg().Document;
        var evil = document with { Rows = [.. document.Rows, document.Rows[0] with { Platform = "\u001b[31mevil\u202e" }] };

        var lines = ComparisonReport.Text(Comparer.Compare(evil, document, 0.02)).Concat(ComparisonReport.Markdown(Comparer.Compare(evil, document, 0.02)));

        Assert.DoesNotContain(lines.SelectMany(line => line), character => char.IsControl(character) || character == '\u202e');
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
                    { Platform: "floor", Call: Call.Scall } => row with { Net = row.Net! with { Ci95 = null } },
                    _ => row,
                }),
            ],
            Provenance = baseline.Provenance with { Hashes = new Dictionary<string, string> { ["kernel"] = new('c', 64), ["benchmark"] = new('b', 64) } },
        };
        return Comparer.Compare(baseline, current, 0.02);
    }

    private static ResultRow Scaled(ResultRow row, double factor) =>
        row with { Net = new NetCost(row.Net!.Median * factor, new Interval(row.Net.Ci95!.Value.Low * factor, row.Net.Ci95.Value.High * factor)) };
}
