using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Results;

public sealed class ComparerTests
{
    private const double Threshold = 0.02;

    private static ResultsDocument Tcg => SampleReports.Tcg().Document;

    private static ResultsDocument Kvm => SampleReports.Kvm().Document;

    [Theory]
    [InlineData("tcg")]
    [InlineData("kvm")]
    [InlineData("crowded")]
    public void Should_Be_Same_On_Every_Row_When_Compared_With_Itself(string name)
    {
        var document = SampleReports.Of(name).Document;

        var comparison = Comparer.Compare(document, document, Threshold);

        Assert.All(comparison.Rows.Where(row => row.Platform != "host"), row => Assert.Equal(Change.Same, row.Change));
        Assert.Empty(comparison.Regressions);
        Assert.Empty(comparison.Findings);
    }

    [Theory]
    [InlineData("tcg")]
    [InlineData("kvm")]
    public void Should_Name_The_Row_When_It_Was_Made_Slower_By_Three_Percent(string name)
    {
        var document = SampleReports.Of(name).Document;

        var comparison = Comparer.Compare(document, Scaled(document, 1.03), Threshold);

        var regression = Assert.Single(comparison.Regressions);
        Assert.Equal(("unikraft", Call.Scall), (regression.Platform, regression.Call));
        Assert.Contains("unikraft scall +3 %", Assert.Throws<UserError>(() => ComparisonGate.Check(comparison)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Row_When_Only_Its_Median_Was_Edited()
    {
        var comparison = Comparer.Compare(Kvm, Changed(Kvm, row => row with { Median = row.Median * 1.03 }), Threshold);

        var regression = Assert.Single(comparison.Regressions);
        Assert.Contains("judged by the threshold alone", regression.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Tell_A_Change_Of_One_Instruction_When_Counts_Are_Exact()
    {
        var comparison = Comparer.Compare(Tcg, Scaled(Tcg, 85.0 / 84), Threshold);

        var row = comparison.Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall });
        Assert.Equal((Change.Slower, false), (row.Change, row.Regression));
        Assert.Equal(1, row.Difference!.Value.Value, 9);
    }

    [Fact]
    public void Should_Be_Faster_When_The_Median_Falls()
    {
        var comparison = Comparer.Compare(Kvm, Scaled(Kvm, 0.9), Threshold);

        Assert.Equal(Change.Faster, comparison.Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall }).Change);
        Assert.Empty(comparison.Regressions);
    }

    [Fact]
    public void Should_Be_Same_Within_Noise_When_Intervals_Are_Wider_Than_The_Change()
    {
        var noisy = Changed(Kvm, row => row with { Ci95 = new Interval(row.Median!.Value * 0.9, row.Median.Value * 1.1) });

        var comparison = Comparer.Compare(noisy, Scaled(noisy, 1.05), Threshold);

        Assert.Equal(Change.Same, comparison.Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall }).Change);
    }

    [Fact]
    public void Should_Refuse_When_Units_Differ()
    {
        var error = Assert.Throws<UserError>(() => Comparer.Compare(Kvm, Tcg, Threshold));

        Assert.Contains("unit differs: cycles in the baseline, instructions now", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_Cycles_When_They_Come_From_Another_Cpu()
    {
        var other = Kvm with { Provenance = Kvm.Provenance with { Host = new Dictionary<string, string> { ["cpu"] = "another" } } };

        Assert.Contains("CPU differs", Assert.Throws<UserError>(() => Comparer.Compare(other, Kvm, Threshold)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_A_Platform_When_Its_Mitigations_Differ()
    {
        var comparison = Comparer.Compare(SampleReports.Kvm("Mitigation: PTI").Document, Kvm, Threshold);

        var linux = comparison.Rows.Where(row => row.Platform == "linux").ToList();
        Assert.All(linux, row => Assert.Equal(Change.NotComparable, row.Change));
        Assert.Contains("vulnerability.meltdown differs: Mitigation: PTI in the baseline, Not affected now", linux[0].Reason, StringComparison.Ordinal);
        Assert.All(comparison.Rows.Where(row => row.Platform == "unikraft"), row => Assert.Equal(Change.Same, row.Change));
    }

    [Fact]
    public void Should_Call_Out_Hashes_When_Another_Kernel_Was_Booted()
    {
        var other = Tcg with { Provenance = Tcg.Provenance with { Hashes = new Dictionary<string, string> { ["kernel"] = new('c', 64), ["benchmark"] = new('b', 64) } } };

        var finding = Assert.Single(Comparer.Compare(other, Tcg, Threshold).Findings);

        Assert.Equal("hash of what was booted: kernel", finding.Subject);
        Assert.Equal("cccccccccccc in the baseline, aaaaaaaaaaaa now", finding.Seen);
    }

    [Fact]
    public void Should_Ignore_Benchmark_Parameters_When_Command_Lines_Are_Compared()
    {
        var guests = Tcg.Provenance.Guests.ToDictionary();
        guests["linux"] = new Dictionary<string, string>(guests["linux"]) { ["cmdline"] = "console=ttyS0 panic=-1 rounds=5 iters=1000" };

        var comparison = Comparer.Compare(Tcg with { Provenance = Tcg.Provenance with { Guests = guests } }, Tcg, Threshold);

        Assert.All(comparison.Rows.Where(row => row.Platform == "linux"), row => Assert.Equal(Change.Same, row.Change));
    }

    [Fact]
    public void Should_Say_Which_Side_Lacks_A_Row_When_Platforms_Differ()
    {
        var less = Tcg with { Rows = [.. Tcg.Rows.Where(row => row.Platform != "floor")] };

        Assert.All(Floor(Comparer.Compare(less, Tcg, Threshold)), row => Assert.Equal("not in the baseline", row.Reason));
        Assert.All(Floor(Comparer.Compare(Tcg, less, Threshold)), row => Assert.Equal("only in the baseline", row.Reason));
    }

    [Fact]
    public void Should_Be_A_User_Error_When_A_Document_Has_A_Row_Twice()
    {
        var twice = Tcg with { Rows = [.. Tcg.Rows, Tcg.Rows[0]] };

        Assert.Contains("two rows linux tsc", Assert.Throws<UserError>(() => Comparer.Compare(twice, Tcg, Threshold)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<RowComparison> Floor(Comparison comparison) => comparison.Rows.Where(row => row.Platform == "floor");

    private static ResultsDocument Scaled(ResultsDocument document, double factor) => Changed(document, row => row with
    {
        Median = row.Median * factor,
        Ci95 = new Interval(row.Ci95!.Value.Low * factor, row.Ci95.Value.High * factor),
    });

    private static ResultsDocument Changed(ResultsDocument document, Func<ResultRow, ResultRow> change) =>
        document with { Rows = [.. document.Rows.Select(row => row is { Platform: "unikraft", Call: Call.Scall } ? change(row) : row)] };
}
