using System.Text.RegularExpressions;
using SyscallBench.Reports;
using SyscallBench.Results;
using static SyscallBench.Tests.Reports.SampleReports;

namespace SyscallBench.Tests.Reports;

/// <summary>Every file says the same numbers as the document, to the digit.</summary>
public sealed partial class ExporterAgreementTests
{
    public static TheoryData<string> Reports => [.. SampleReports.Names];

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Read_Back_The_Same_Document_When_Json(string name)
    {
        var report = SampleReports.Of(name);
        using var workspace = new TemporaryWorkspace();

        var read = ResultsFile.Read(workspace.Write("results.json", Export("results.json", report)));

        Assert.Equal(report.Document.Rows, read.Rows);
        Assert.Equal(report.Document.Findings, read.Findings);
        Assert.Equal(report.Document.Provenance.Seed, read.Provenance.Seed);
        Assert.Equal(Export("report.html", report), Export("report.html", new Report(read, report.Samples) { Explanation = report.Explanation }));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Show_The_Rounded_Document_When_In_The_Artifacts_Layout(string name)
    {
        var report = SampleReports.Of(name);
        var rows = report.Document.Rows.Where(row => row.Call is Call.Tsc or Call.Fcall or Call.Scall);

        var lines = Export("table.txt", report).Split('\n').Select(line => line.Split('\t', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 5 && cells[0] != "avg").ToList();

        Assert.Equal(2 * rows.Count(), lines.Count);
        foreach (var (row, line) in rows.GroupBy(row => row.Platform).SelectMany(platform => platform.OrderBy(row => row.Call)).Zip(lines.Where(line => !line[0].EndsWith("_nsec", StringComparison.Ordinal))))
        {
            Assert.Equal(row.Call.Name(), line[0]);
            Assert.Equal(new[] { row.Mean, row.Median, row.Q1, row.Q3 }.Select(Rounded), line[1..].Select(cell => cell == "-" ? null : Number(cell)));
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Read_Back_The_Same_Bits_When_Csv(string name)
    {
        var report = SampleReports.Of(name);

        var lines = Export("table.csv", report).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fields).ToList();

        Assert.Equal(report.Document.Rows.Count, lines.Count - 1);
        foreach (var (row, fields) in report.Document.Rows.Zip(lines.Skip(1)))
        {
            Assert.Equal([row.Platform, row.Call.Name()], fields[..2]);
            Assert.Equal(Numbers(row), lines[0].Zip(fields).Where(field => _numbers.Contains(field.First)).Select(field => Number(field.Second)));
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Show_The_Rounded_Document_When_Markdown(string name)
    {
        var report = SampleReports.Of(name);

        var cells = Export("table.md", report).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("| Platform", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line[2..^2].Split(" | "));

        Assert.Equal(Readables(report), cells);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Show_The_Rounded_Document_When_Latex(string name)
    {
        var report = SampleReports.Of(name);

        var cells = Export("table.tex", report).Split('\n').Where(line => line.EndsWith("\\\\", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("Platform", StringComparison.Ordinal) && !line.StartsWith("\\multicolumn", StringComparison.Ordinal))
            .Select(line => line[..^3].Split(" & "));

        Assert.Equal(Quoted(report), cells);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Show_The_Rounded_Document_When_Html(string name)
    {
        var report = SampleReports.Of(name);
        var page = Export("report.html", report);

        var start = page.IndexOf("<section id=\"tables\"", StringComparison.Ordinal);
        var section = page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
        var cells = Row().Matches(section).Select(row => Cell().Matches(row.Value).Select(cell => System.Net.WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray());

        Assert.Equal(Quoted(report).Concat(Readables(report)), cells);
    }

    [Fact]
    public void Should_Write_Every_Tick_When_Samples_Are_Exported()
    {
        var report = SampleReports.Kvm();

        var lines = Export("samples.csv", report).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();

        var expected = report.Samples.SelectMany(platform => platform.Samples, (platform, sample) =>
            $"{platform.Platform},,cycles,{sample.Boot},{sample.Round},{sample.Iterations},{sample.Tsc},{sample.Empty},{sample.Scall},{sample.Fcall},,,{(sample.ScallDisturbed == Disturbance.None ? string.Empty : "interrupt")},");
        Assert.Equal(expected, lines);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Should_Say_The_Unit_On_Every_Line_When_Csv(string name)
    {
        var report = SampleReports.Of(name);

        foreach (var file in (string[])["table.csv", "samples.csv"])
        {
            var lines = Export(file, report).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fields).ToList();
            Assert.All(lines.Skip(1), line => Assert.Contains(line[Array.IndexOf(lines[0], "unit")], (string[])["cycles", "instructions"]));
        }
    }

    [Fact]
    public void Should_Name_What_A_Ratio_Is_To_And_Give_Its_Interval_When_There_Are_Ratios()
    {
        var kvm = SampleReports.Kvm();
        var report = new Report(kvm.Document with { Ratios = [new PlatformRatio("unikraft", "linux", Call.Scall, 0.376, new Interval(0.374, 0.378), Different: true)] }, kvm.Samples);

        var csv = Export("table.csv", report).Split('\n').Select(Fields).ToList();
        var row = csv.Single(line => line[0] == "unikraft" && line[1] == "scall");

        Assert.Equal(["linux", "0.376", "0.374", "0.378"], ((string[])["ratio_to", "ratio", "ratio_ci95_low", "ratio_ci95_high"]).Select(column => row[Array.IndexOf(csv[0], column)]));
        Assert.All((string[])["table.md", "table.tex", "report.html"], file =>
        {
            Assert.Contains("x Linux", Export(file, report), StringComparison.Ordinal);
            Assert.Contains("0.37 to 0.38", Export(file, report), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Should_Neither_Add_Markup_Nor_Move_A_Terminal_When_Others_Wrote_The_Text()
    {
        const string Evil = "\u001b]0;title\a\u202e<script>alert(1)</script>\nsecond | line";
        var tcg = SampleReports.Tcg();
        var report = new Report(
            tcg.Document with
            {
                Rows = [.. tcg.Document.Rows.Select(row => row.Status == RowStatus.NotMeasured ? row with { Reason = Evil } : row with { Note = row.Call == Call.Scall ? Evil : null })],
                Findings = [new Finding(Severity.Error, Evil, Evil, Evil)],
                Provenance = tcg.Document.Provenance with { GuestCpu = Evil },
            },
            tcg.Samples);

        foreach (var file in (string[])["report.html", "table.md", "table.tex", "table.txt", "summary.txt"])
        {
            var text = Export(file, report);
            Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\t') || character == '\u202e');
            Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("second", StringComparison.Ordinal));
            if (file == "report.html" || file == "table.md")
                Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        }
    }

    private static readonly string[] _numbers =
        ["net_median", "net_ci95_low", "net_ci95_high", "mean", "median", "q1", "q3", "min", "max", "ci95_low", "ci95_high", "ns_mean", "ns_median", "ns_q1", "ns_q3"];

    private static double?[] Numbers(ResultRow row) =>
    [
        row.Net?.Median, row.Net?.Ci95?.Low, row.Net?.Ci95?.High, row.Mean, row.Median, row.Q1, row.Q3, row.Min, row.Max, row.Ci95?.Low, row.Ci95?.High,
        row.Nanoseconds?.Mean, row.Nanoseconds?.Median, row.Nanoseconds?.Q1, row.Nanoseconds?.Q3,
    ];

    private static IEnumerable<string[]> Readables(Report report) =>
        from table in ResultTable.Of(report.Document)
        from row in table.Rows
        select table.Columns.Select(column => column.Of(row)).ToArray();

    private static IEnumerable<string[]> Quoted(Report report) =>
        from table in ResultTable.Of(report.Document)
        from part in table.ByCall()
        from row in part.Rows
        select row.ToArray();

    private static double? Rounded(double? number) => number is { } known ? Number(known.ToString("F2", CultureInfo.InvariantCulture)) : null;

    private static double? Number(string field) => field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture);

    // The sample reports quote nothing.
    private static string[] Fields(string line) => line.Split(',');

    [GeneratedRegex("<tr><th scope=\"row\">.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>")]
    private static partial Regex Cell();
}
