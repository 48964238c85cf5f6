using System.Xml.Linq;
using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class PlotExporterTests
{
    private static readonly byte[] _pngSignature = [0x89, 0x50, 0x4e, 0x47];

    public static TheoryData<string, string> Figures =>
        new(from plot in AllPlots.All from report in SampleReports.Names select (plot.Name, report));

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Write_A_Picture_When_Asked_For_Png(string plot, string report)
    {
        var exporter = new PngExporter(Plot(plot));
        using var output = new MemoryStream();

        exporter.Export(SampleReports.Of(report), output);

        Assert.Equal(_pngSignature, output.ToArray()[..4]);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Write_The_Same_Svg_When_Asked_Twice(string plot, string report)
    {
        var first = SvgExporter.Render(Plot(plot), SampleReports.Of(report));

        var second = SvgExporter.Render(Plot(plot), SampleReports.Of(report));

        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Be_Well_Formed_And_Described_When_Svg(string plot, string report)
    {
        var svg = XElement.Parse(SvgExporter.Render(Plot(plot), SampleReports.Of(report)));

        var names = svg.Elements().Select(element => element.Name.LocalName).ToList();
        Assert.Contains("title", names);
        Assert.Contains("desc", names);
        Assert.Equal("img", svg.Attribute("role")?.Value);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Use_Only_Colours_That_Have_A_Dark_Variant_When_Svg(string plot, string report)
    {
        var svg = XElement.Parse(SvgExporter.Render(Plot(plot), SampleReports.Of(report)));

        var colours = svg.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "stroke").Select(attribute => attribute.Value).Distinct();
        Assert.Empty(colours.Except([.. Inks.All.Select(ink => ink.Light), "none"]));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Should_Neither_Overlap_Nor_Leave_The_Figure_When_Text_Is_Drawn(string plot, string report)
    {
        var svg = SvgTexts.Of(SvgExporter.Render(Plot(plot), SampleReports.Of(report)));

        Assert.Empty(svg.Outside());
        Assert.Empty(svg.Overlaps());
    }

    private static IPlot Plot(string name) => AllPlots.All.Single(plot => plot.Name == name);
}
