using System.Text;
using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class ExporterSnapshotTests
{
    public static TheoryData<string, string, string> Files =>
        new(from report in (string[])["tcg", "kvm"]
            from culture in InCulture.Names.Select(name => name.Data)
            from exporter in Exporters.All
            where exporter.Suits(SampleReports.Of(report)) && IsWorthKeeping(exporter.FileName, report)
            select (report, culture, exporter.FileName));

    [Theory]
    [MemberData(nameof(Files))]
    public void Should_Write_What_Was_Agreed_When_In_Any_Culture(string report, string culture, string file)
    {
        using var elsewhere = new InCulture(culture);

        Snapshot.Match($"{report}/{file}", Export(file, SampleReports.Of(report)));
    }

    /// <summary>
    /// A new version of the drawing library may round a picture's pixels otherwise. What is drawn or listed from many noisy samples is
    /// too much for anybody to look at, and the exact ones go through the same code.
    /// </summary>
    private static bool IsWorthKeeping(string file, string report) =>
        !file.EndsWith(".png", StringComparison.Ordinal) && (report == "tcg" || Path.GetExtension(file) is ".csv" or ".md" or ".tex" && file != "samples.csv");

    private static string Export(string file, Report report)
    {
        using var output = new MemoryStream();
        Exporters.All.Single(exporter => exporter.FileName == file).Export(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
