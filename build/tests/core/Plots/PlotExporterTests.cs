using SyscallBench.Plots;
using SyscallBench.Reports;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Plots;

public sealed class PlotExporterTests
{
    private static readonly byte[] _pngSignature = [0x89, 0x50, 0x4e, 0x47];

    public static TheoryData<string> Plots => [.. AllPlots.All.Select(plot => plot.Name)];

    [Fact]
    public void Try_All()
    {
        new ResultsFolder("/tmp/reports-try/out-tcg").Write(SampleReports.Tcg(), Exporters.All);
        new ResultsFolder("/tmp/reports-try/out-kvm").Write(SampleReports.Kvm(), Exporters.All);
    }

    [Theory]
    [MemberData(nameof(Plots))]
    public void Should_Write_A_Picture_When_Asked_For_Png(string name)
    {
        var exporter = new PngExporter(Plot(name));
        using var output = new MemoryStream();

        exporter.Export(SampleReports.Tcg(), output);
        Keep(exporter.FileName, "tcg-", output);
        using var kvm = new MemoryStream();
        exporter.Export(SampleReports.Kvm(), kvm);
        Keep(exporter.FileName, "kvm-", kvm);

        Assert.Equal(_pngSignature, output.ToArray()[..4]);
    }

    private static IPlot Plot(string name) => AllPlots.All.Single(plot => plot.Name == name);

    private static void Keep(string name, string prefix, MemoryStream output) => File.WriteAllBytes($"/tmp/reports-try/{prefix}{name}", output.ToArray());
}
