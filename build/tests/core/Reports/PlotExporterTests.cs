using System.Xml.Linq;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class PlotExporterTests
{
    private static readonly byte[] _pngSignature = [0x89, 0x50, 0x4e, 0x47];

    public static TheoryData<string, string> Figures =>
        new(from figure in Plots.All from report in SampleReports.Names where figure.Of(SampleReports.Of(report)) is not null select (figure.Name, report));

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Write_A_Picture_When_Asked_For_Png(string plot, string report)
    {
        var exporter = Exporter.All.Single(exporter => exporter.FileName == $"{plot}.png");

        Assert.Equal(_pngSignature, exporter.Export(SampleReports.Of(report))![..4]);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Write_The_Same_Svg_When_Asked_Twice(string plot, string report)
    {
        var first = Svg(plot, SampleReports.Of(report));

        var second = Svg(plot, SampleReports.Of(report));

        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Be_Well_Formed_And_Described_When_Svg(string plot, string report)
    {
        var svg = XElement.Parse(Svg(plot, SampleReports.Of(report)));

        var names = svg.Elements().Select(element => element.Name.LocalName).ToList();
        Assert.Contains("title", names);
        Assert.Contains("desc", names);
        Assert.Equal("img", svg.Attribute("role")?.Value);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Use_Only_Colours_That_Have_A_Dark_Variant_When_Svg(string plot, string report)
    {
        var svg = XElement.Parse(Svg(plot, SampleReports.Of(report)));

        var colours = svg.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "stroke").Select(attribute => attribute.Value).Distinct();
        Assert.Empty(colours.Except([.. Palette.All.Select(color => color.Light), "none"]));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Neither_Overlap_Nor_Leave_The_Figure_When_Text_Is_Drawn(string plot, string report)
    {
        var svg = SvgTexts.Of(Svg(plot, SampleReports.Of(report)));

        Assert.Empty(svg.Outside());
        Assert.Empty(svg.Overlaps());
    }

    [Fact]
    public void Should_Draw_No_Distribution_When_All_Rounds_Are_Equal()
    {
        Assert.Null(DistributionPlot.Of(SampleReports.Tcg()));
        Assert.NotNull(DistributionPlot.Of(SampleReports.Kvm()));
    }

    [Fact]
    public void Should_Draw_One_Floor_When_Both_Cost_The_Same()
    {
        var crowded = SampleReports.Crowded();
        var equal = crowded.Document with
        {
            Rows = [.. crowded.Document.Rows.Select(row => row.Platform == "floor-ring0" ? crowded.Document.Rows.First(other => other.Platform == "floor" && other.Call == row.Call) with { Platform = row.Platform } : row)],
        };

        var (two, one) = (Texts(crowded), Texts(new Report(equal, crowded.Samples)));

        Assert.Equal(2, two.Count(text => text.Contains("ring", StringComparison.Ordinal)));
        Assert.Equal(1, one.Count(text => text.Contains("ring", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_Keep_The_Other_Bars_Apart_When_One_Row_Is_Very_Slow()
    {
        var tcg = SampleReports.Tcg();
        var slow = tcg.Document with
        {
            Rows = [.. tcg.Document.Rows.Select(row => row is { Platform: "linux", Call: Call.Scall } ? row with { Net = new NetCost(1_000_000, new Interval(1_000_000, 1_000_000)) } : row)],
        };

        var boxes = SvgTexts.Of(Svg("bars", new Report(slow, tcg.Samples))).Boxes;

        Assert.Contains(boxes, box => box.Text.Contains("1000000", StringComparison.Ordinal));
        Assert.True(boxes.Single(box => box.Text == "229").Left - boxes.Single(box => box.Text == "78").Left > 20);
    }

    private static List<string> Texts(Report report) => [.. SvgTexts.Of(Svg("bars", report)).Boxes.Select(box => box.Text)];

    private static string Svg(string figure, Report report) => SampleReports.Export($"{figure}.svg", report);
}
