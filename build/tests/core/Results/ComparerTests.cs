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
        Assert.Contains("unikraft scall +3 %", Assert.Throws<UserError>(() => ComparisonReport.Check(comparison, allowMissing: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Row_When_Only_Its_Net_Cost_Was_Edited()
    {
        var comparison = Comparer.Compare(Kvm, Changed(Kvm, row => row with { Net = row.Net! with { Median = row.Net.Median * 1.03 } }), Threshold);

        var regression = Assert.Single(comparison.Regressions);
        Assert.NotNull(regression.Reason);
    }

    [Fact]
    public void Should_Tell_A_Change_Of_One_Instruction_When_Counts_Are_Exact()
    {
        var comparison = Comparer.Compare(Tcg, Scaled(Tcg, 79.0 / 78), Threshold);

        var row = comparison.Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall });
        Assert.Equal((Change.Slower, false), (row.Change, row.Regression));
        Assert.Equal(1, row.Difference!.Value.Value, 9);
    }

    [Fact]
    public void Should_Find_The_Row_Of_The_Same_Model_When_A_New_Kernel_Renamed_Every_Setting()
    {
        var before = Models("old", 253, 270);

        var comparison = Comparer.Compare(before, Models("new", 253, 276), Threshold);

        var rows = comparison.Rows.Where(row => row.Call == Call.Scall).ToList();
        Assert.Equal([("Skylake-Client-v1", 253.0, 253.0, Change.Same), ("EPYC-v1", 270.0, 276.0, Change.Slower)], rows.Select(row => (row.Place!, row.Baseline!.Value, row.Current!.Value, row.Change)));
        Assert.Empty(comparison.Missing);

        // Another model is another question.
        Assert.Contains(Comparer.Compare(before, Models("new", 253), Threshold).Missing, row => row.Setting == "EPYC-v1-old");
    }

    [Fact]
    public void Should_Find_The_Row_Of_The_Same_Kernel_When_Each_Was_Built_Anew()
    {
        var before = Kernels("old", ("6.1", 253), ("6.12", 251));

        var rows = Comparer.Compare(before, Kernels("new", ("6.12", 252), ("6.1", 253), ("7.2", 240)), Threshold).Rows.Where(row => row.Call == Call.Scall).ToList();

        Assert.Equal([("6.12", 251.0, Change.Slower), ("6.1", 253.0, Change.Same), ("7.2", 0, Change.NotComparable)], rows.Select(row => (row.Place!, row.Baseline ?? 0, row.Change)));
        Assert.Contains(Comparer.Compare(before, Kernels("new", ("6.12", 251)), Threshold).Missing, row => row.Setting == "6.1-old");
    }

    [Fact]
    public void Should_Keep_Kernels_Apart_That_Were_Not_Measured()
    {
        var fixture = new ResultsFixture().Platform("linux", 1, 3, (_, _) => 8005);
        foreach (var kernel in new[] { "6.12", "7.2" })
            fixture.Platform("linux", change: input => input with { Kernel = kernel, NotMeasured = $"Linux {kernel}: it does not compile" });
        var document = fixture.Build();

        var rows = Comparer.Compare(document, document, Threshold).Rows;

        Assert.Equal(3, rows.Count(row => row.Call == Call.Scall));
        Assert.DoesNotContain(rows, row => row.Change == Change.Missing);
    }

    private static ResultsDocument Models(string build, params int[] costs) =>
        Settings(build, [.. new[] { "Skylake-Client-v1", "EPYC-v1" }.Zip(costs, (model, cost) => (model, (string?)null, cost))]);

    private static ResultsDocument Kernels(string build, params (string Kernel, int Cost)[] kernels) =>
        Settings(build, [.. kernels.Select(each => ("EPYC-v1", (string?)each.Kernel, each.Cost))]);

    private static ResultsDocument Settings(string build, (string Cpu, string? Kernel, int Cost)[] settings)
    {
        var fixture = new ResultsFixture();
        foreach (var (cpu, kernel, cost) in settings)
        {
            var setting = new ResultSetting { Name = $"{kernel ?? cpu}-{build}", Machine = "any", Cpu = cpu };
            fixture.Platform("linux", change: input => input with { Setting = setting, Kernel = kernel }, samples: ResultsFixture.Grid(1, 3, (_, _) => ((cost + 3) * 1000) + 5));
        }

        return fixture.Build();
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
        var noisy = Changed(Kvm, row => row with { Net = row.Net! with { Ci95 = new Interval(row.Net.Median * 0.9, row.Net.Median * 1.1) } });

        var comparison = Comparer.Compare(noisy, Scaled(noisy, 1.05), Threshold);

        Assert.Equal(Change.Same, comparison.Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall }).Change);
    }

    [Fact]
    public void Should_Refuse_When_Units_Differ()
    {
        var error = Assert.Throws<UserError>(() => Comparer.Compare(Kvm, Tcg, Threshold));

        Assert.Contains("cycles", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Compare_Nothing_When_Cycles_Come_From_Another_Cpu()
    {
        Assert.Throws<UserError>(() => Comparer.Compare(Elsewhere(Kvm), Kvm, Threshold));
    }

    [Fact]
    public void Should_Compare_Counts_And_Pass_When_Only_Cycles_Come_From_Another_Cpu()
    {
        ResultsDocument document = Tcg with { Rows = [.. Tcg.Rows.Where(row => row.Platform != "host"), .. Kvm.Rows.Where(row => row.Platform == "linux").Select(row => row with { Platform = "host" })] };

        var comparison = Comparer.Compare(Elsewhere(document), document, Threshold);

        Assert.All(comparison.Rows.Where(row => row.Platform == "host"), row => Assert.Equal(Change.NotComparable, row.Change));
        Assert.All(comparison.Rows.Where(row => row.Platform != "host"), row => Assert.Equal(Change.Same, row.Change));
        ComparisonReport.Check(comparison, allowMissing: false);
    }

    [Fact]
    public void Should_Call_Out_Mitigations_And_Compare_All_The_Same_When_They_Differ()
    {
        var comparison = Comparer.Compare(SampleReports.Kvm("Mitigation: PTI").Document, Kvm, Threshold);

        Assert.All(comparison.Rows.Where(row => row.Platform == "linux"), row => Assert.Equal(Change.Same, row.Change));
        Assert.Contains(comparison.Findings, finding => finding.Subject == "guest linux: vulnerability.meltdown");
    }

    [Fact]
    public void Should_Call_Out_Hashes_When_Another_Kernel_Was_Booted()
    {
        var other = Tcg with { Provenance = Tcg.Provenance with { Hashes = new Dictionary<string, string> { ["kernel"] = new('c', 64), ["benchmark"] = new('b', 64) } } };

        var finding = Assert.Single(Comparer.Compare(other, Tcg, Threshold).Findings);

        Assert.Equal("image booted: kernel", finding.Subject);
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
    public void Should_Pass_When_This_Run_Has_More_Rows_Than_The_Baseline()
    {
        var comparison = Comparer.Compare(WithoutFloor(Tcg), Tcg, Threshold);

        Assert.All(Floor(comparison), row => Assert.Equal(Change.NotComparable, row.Change));
        ComparisonReport.Check(comparison, allowMissing: false);
    }

    public static TheoryData<string> WaysToVanish => ["gone", "not measured", "renamed", "another unit", "another call", "another guest", "no net", "no number"];

    [Theory]
    [MemberData(nameof(WaysToVanish))]
    public void Should_Fail_Unless_Allowed_When_A_Row_Of_The_Baseline_Is_Missing(string how)
    {
        var comparison = Comparer.Compare(Tcg, Vanished(how), Threshold);

        Assert.Contains(Floor(comparison), row => row.Change == Change.Missing && row.Call == Call.Scall);
        Assert.Equal(1, Assert.Throws<UserError>(() => ComparisonReport.Check(comparison, allowMissing: false)).ExitCode);
        ComparisonReport.Check(comparison, allowMissing: true);
    }

    [Fact]
    public void Should_Pass_When_What_Is_Missing_Was_Not_Measured_In_The_Baseline_Either()
    {
        var comparison = Comparer.Compare(Vanished("not measured"), WithoutFloor(Tcg), Threshold);

        Assert.Empty(comparison.Missing);
    }

    [Fact]
    public void Should_Compare_Nothing_When_A_Document_Has_No_Row()
    {
        Assert.Throws<UserError>(() => Comparer.Compare(Tcg with { Rows = [] }, Tcg, Threshold));
        Assert.Throws<UserError>(() => Comparer.Compare(Tcg, Tcg with { Rows = [] }, Threshold));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(-100, -97, true)]
    [InlineData(-100, -99, false)]
    [InlineData(10_000, 10_150, false)]
    [InlineData(10_000, 10_250, true)]
    [InlineData(0.1, 0.11, true)]
    public void Should_Judge_The_Relative_Change_When_The_Cost_Is_Small_Or_Large_Or_Negative(double before, double after, bool isRegression)
    {
        foreach (var exact in (bool[])[true, false])
        {
            var comparison = Comparer.Compare(Net(before, exact), Net(after, exact), Threshold);

            Assert.Equal(isRegression, comparison.Regressions.Any());
        }
    }

    [Fact]
    public void Should_Judge_By_The_Threshold_And_Say_So_When_There_Is_One_Sample_On_Each_Side()
    {
        var same = Comparer.Compare(Net(100, exact: false), Net(101, exact: false), Threshold).Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall });
        var slower = Comparer.Compare(Net(100, exact: false), Net(103, exact: false), Threshold).Rows.Single(row => row is { Platform: "unikraft", Call: Call.Scall });

        Assert.Equal((Change.Same, Change.Slower), (same.Change, slower.Change));
        Assert.All((RowComparison[])[same, slower], row => Assert.NotNull(row.Reason));
    }

    [Fact]
    public void Should_Not_Judge_The_Clock_And_The_Empty_Loop_When_They_Changed()
    {
        var slower = Tcg with { Rows = [.. Tcg.Rows.Select(row => row is { Platform: "linux", Call: Call.Tsc or Call.Empty } ? row with { Median = row.Median * 2, Ci95 = null } : row)] };

        var comparison = Comparer.Compare(Tcg, slower, Threshold);

        Assert.Equal(2, comparison.Rows.Count(row => row.Change == Change.Slower));
        Assert.Empty(comparison.Regressions);
    }

    [Fact]
    public void Should_Judge_Medians_When_Neither_Side_Could_Subtract_A_Loop()
    {
        var raw = Changed(Tcg, row => row with { Net = null });

        var comparison = Comparer.Compare(raw, Changed(raw, row => row with { Median = row.Median * 1.05, Ci95 = null }), Threshold);

        Assert.Single(comparison.Regressions);
    }

    [Fact]
    public void Should_Be_A_User_Error_When_A_Document_Has_A_Row_Twice()
    {
        var twice = Tcg with { Rows = [.. Tcg.Rows, Tcg.Rows[0]] };

        Assert.Contains("two rows linux tsc", Assert.Throws<UserError>(() => Comparer.Compare(twice, Tcg, Threshold)).Message, StringComparison.Ordinal);
    }

    private static ResultsDocument Vanished(string how) => how switch
    {
        "gone" => WithoutFloor(Tcg),
        "not measured" => OfFloor(row => row with { Status = RowStatus.NotMeasured, Reason = "no boot of it counts", Median = null, Net = null }),
        "renamed" => OfFloor(row => row with { Platform = "flor" }),
        "another unit" => OfFloor(row => row with { Unit = Unit.Cycles }),
        "another call" => OfFloor(row => row with { Note = "ENOSYS path" }),
        "another guest" => Tcg with { Provenance = Tcg.Provenance with { Guests = Tcg.Provenance.Guests.ToDictionary(guest => guest.Key, guest => guest.Key == "floor" ? new Dictionary<string, string> { ["cmdline"] = "slow" } : guest.Value) } },
        "no net" => OfFloor(row => row with { Net = null }),
        "no number" => OfFloor(row => row with { Median = null }),
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
    };

    private static ResultsDocument OfFloor(Func<ResultRow, ResultRow> change) => Tcg with { Rows = [.. Tcg.Rows.Select(row => row.Platform == "floor" ? change(row) : row)] };

    private static ResultsDocument WithoutFloor(ResultsDocument document) => document with { Rows = [.. document.Rows.Where(row => row.Platform != "floor")] };

    private static ResultsDocument Elsewhere(ResultsDocument document) =>
        document with { Provenance = document.Provenance with { Host = new Dictionary<string, string> { ["cpu"] = "another" } } };

    private static ResultsDocument Net(double cost, bool exact) => Changed(Tcg, row => row with { Net = new NetCost(cost, exact ? new Interval(cost, cost) : null) });

    private static IEnumerable<RowComparison> Floor(Comparison comparison) => comparison.Rows.Where(row => row.Platform == "floor");

    private static ResultsDocument Scaled(ResultsDocument document, double factor) => Changed(document, row => row with
    {
        Net = new NetCost(row.Net!.Median * factor, new Interval(row.Net.Ci95!.Value.Low * factor, row.Net.Ci95.Value.High * factor)),
    });

    private static ResultsDocument Changed(ResultsDocument document, Func<ResultRow, ResultRow> change) =>
        document with { Rows = [.. document.Rows.Select(row => row is { Platform: "unikraft", Call: Call.Scall } ? change(row) : row)] };
}
