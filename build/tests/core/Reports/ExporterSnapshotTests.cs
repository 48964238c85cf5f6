using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class ExporterSnapshotTests
{
    public static TheoryData<string, string, string> Files =>
        new(from report in (string[])["tcg", "kvm"]
            from exporter in Exporter.All
            where IsWorthKeeping(exporter.FileName, report) && exporter.Export(SampleReports.Of(report)) is not null
            from culture in InCulture.Names.Select(name => name.Data)
            select (report, culture, exporter.FileName));

    [Theory]
    [MemberData(nameof(Files))]
    public void Should_Write_What_Was_Agreed_When_In_Any_Culture(string report, string culture, string file)
    {
        using var elsewhere = new InCulture(culture);

        Snapshot.Match($"{report}/{file}", SampleReports.Export(file, SampleReports.Of(report)));
    }

    /// <summary>
    /// A new version of the drawing library may round a picture's pixels otherwise. What is drawn or listed from many noisy samples is
    /// too much for anybody to look at, and the exact ones go through the same code.
    /// </summary>
    private static bool IsWorthKeeping(string file, string report) =>
        !file.EndsWith(".png", StringComparison.Ordinal) && (report == "tcg" || Path.GetExtension(file) is ".csv" or ".md" or ".tex" && file != "samples.csv");
}
