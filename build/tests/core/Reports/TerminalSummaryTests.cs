using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class TerminalSummaryTests
{
    public static TheoryData<string> Reports => [.. SampleReports.Names];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Fit_A_Screen_When_Printed_Last(string name)
    {
        var document = SampleReports.Of(name).Document with { Findings = [] };

        var lines = TerminalSummary.Lines(document, "results", SampleExplanation.Skylake);

        Assert.True(lines.Count <= 24, $"{lines.Count} lines");
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.StartsWith("Report: results/report.html", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Break_Between_Words_When_A_Text_Is_Long()
    {
        var document = With(new Finding(Severity.Warning, "linux scall", string.Join(' ', Enumerable.Range(0, 60).Select(word => $"word{word}"))));

        var words = TerminalSummary.Lines(document, "results").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.Superset(Enumerable.Range(0, 60).Select(word => $"word{word}").ToHashSet(), words.ToHashSet());
    }

    [Fact]
    public void Should_Show_Only_What_Bears_On_The_Rows_And_The_Shortest_First()
    {
        var lines = TerminalSummary.Lines(
            With(
                new Finding(Severity.Warning, "linux scall", "long, long, long"),
                new Finding(Severity.Warning, "the machine", "load"),
                new Finding(Severity.Warning, "host scall", "wide"),
                new Finding(Severity.Info, "unikraft", "a note"),
                new Finding(Severity.Error, "unikraft boot 1", "short")),
            "results");

        Assert.Equal(["error: unikraft boot 1: short", "warning: linux scall: long, long, long", ""], lines.Take(3));
        Assert.DoesNotContain(lines, line => line.Contains("load", StringComparison.Ordinal) || line.Contains("wide", StringComparison.Ordinal) || line.Contains("a note", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Count_The_Machine_In_When_Its_Time_Was_Measured()
    {
        var machine = new Finding(Severity.Warning, "the machine", "load");

        Assert.True(TerminalSummary.Bears(SampleReports.Kvm().Document, machine));
        Assert.False(TerminalSummary.Bears(SampleReports.Tcg().Document, machine));
    }

    [Fact]
    public void Should_Have_System_Calls_In_The_Table_And_The_Rest_In_Lines()
    {
        var host = SampleReports.Tcg().Document.Rows.Single(row => row is { Platform: "floor", Call: Call.Scall }) with
        {
            Platform = "host", Unit = Unit.Cycles, Net = new NetCost(305, new Interval(257.7, 307.4)), Note = "ENOSYS path",
        };
        var document = SampleReports.Tcg().Document;

        var lines = TerminalSummary.Lines(document with { Rows = [.. document.Rows.Where(row => row.Platform != "host"), host] }, "results");

        Assert.Single(lines, line => line.StartsWith("Function call: 3 ", StringComparison.Ordinal));
        var one = Assert.Single(lines, line => line.Contains("305 TSC cycles", StringComparison.Ordinal));
        Assert.Contains("ENOSYS path", one, StringComparison.Ordinal);
        var head = lines.ToList().FindIndex(line => line.TrimStart().StartsWith("Platform", StringComparison.Ordinal));
        Assert.Equal("", lines[head + 5]);
    }

    [Fact]
    public void Should_Say_What_Was_Not_Measured_And_Stay_Bounded_When_The_Reason_Is_Long()
    {
        var document = SampleReports.Tcg().Document;
        var rows = document.Rows.Select(row => row.Status == RowStatus.NotMeasured ? row with { Reason = new string('x', 50) + " " + string.Concat(Enumerable.Repeat("y z ", 400)) } : row);

        var lines = TerminalSummary.Lines(document with { Rows = [.. rows], Findings = [] }, "results");

        Assert.Contains(lines, line => line.StartsWith("Not measured: This machine", StringComparison.Ordinal));
        Assert.True(lines.Count <= 24);
    }

    [Fact]
    public void Should_Send_Nothing_To_The_Terminal_That_Moves_It_When_Others_Wrote_The_Text()
    {
        var document = SampleReports.Tcg().Document;
        var lines = TerminalSummary.Lines(
            document with
            {
                Rows = [.. document.Rows.Select(row => row.Status == RowStatus.NotMeasured ? row with { Reason = "\u001b]0;title\a\u202eevil\nline" } : row)],
                Findings = [new Finding(Severity.Error, "linux", "\u009b31mred")],
            },
            "results");

        Assert.DoesNotContain(lines.SelectMany(line => line), character => char.IsControl(character) || character == '\u202e');
    }

    [Fact]
    public void Should_Show_The_Least_And_The_Most_And_How_Many_When_There_Are_Many_Settings()
    {
        var fixture = new Results.ResultsFixture();
        foreach (var model in Enumerable.Range(1, 10))
        {
            foreach (var platform in (string[])["floor", "linux"])
            {
                var setting = new ResultSetting { Name = $"{platform}-{model}", Machine = "any", Cpu = $"Model-v{model}" };
                fixture.Platform(platform, change: input => input with { Setting = setting }, samples: Results.ResultsFixture.Grid(1, 3, (_, _) => (platform == "floor" ? 8000 : 250_000 + (1000 * model)) + 5));
            }
        }

        var lines = TerminalSummary.Lines(fixture.Build() with { Findings = [] }, "results");

        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.True(lines.Count <= 24);
        Assert.Equal(["Model-v1", "Model-v10"], lines.Where(line => line.StartsWith("  Linux ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.Contains(lines, line => line.Contains(" 20 rows", StringComparison.Ordinal));
    }

    private static ResultsDocument With(params Finding[] findings)
    {
        var document = SampleReports.Tcg().Document;
        return document with { Findings = findings, Rows = [.. document.Rows] };
    }
}
