using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Consoles;

namespace SyscallBench.Tests.Reports;

public sealed class SamplesCsvExporterTests
{
    public static TheoryData<string> Cultures => InCulture.Names;

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Should_Print_What_The_Log_Said_When_It_Is_The_Artifacts(string culture)
    {
        using var elsewhere = new InCulture(culture);
        var console = new ConsoleFixture();
        console.Parse(Captured.Bytes("artifact.log"));

        var lines = Export("linux", console.Samples);

        Assert.Equal(["linux,,instructions,0,0,,70,,222,4,,,,", "linux,,instructions,0,1,,72,,221.987,4.012,,,,", "linux,,instructions,0,2,,70,,224.503,4.001,,,,"], lines[1..]);
    }

    [Fact]
    public void Should_Print_Whole_Ticks_When_They_Were_Printed_So()
    {
        var sample = new Sample(3, 7, 1000, 5, 3005, 84_005, 6005) { ScallDisturbed = Disturbance.Interrupt | Disturbance.Steal };

        Assert.Equal("floor,,instructions,3,7,1000,5,3005,84005,6005,,,interrupt+steal,", Export("floor", [sample])[1]);
    }

    private static string[] Export(string platform, IEnumerable<Sample> samples) => SampleReports.Export(
        "samples.csv",
        new Report(SampleReports.Tcg().Document, [new PlatformInput { Platform = platform, Unit = Unit.Instructions, Samples = samples }])).TrimEnd().Split('\n');
}
