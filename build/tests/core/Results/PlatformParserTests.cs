using System.Security.Cryptography;
using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class PlatformParserTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_Write_Samples_And_Facts_When_Boots_Count()
    {
        var facts = Parse("linux.log", "linux.log");

        Assert.Equal(2, facts.Boots);
        Assert.Equal(40, facts.Samples);
        Assert.Empty(facts.Findings);
        var samples = Samples();
        Assert.Equal(40, samples.Count);
        Assert.Equal(Enumerable.Range(0, 20), samples.Where(sample => sample.Boot == 1).Select(sample => sample.Round));
        Assert.Equal(2, samples.Count(sample => (sample.TscDisturbed | sample.EmptyDisturbed | sample.ScallDisturbed | sample.FcallDisturbed) != Disturbance.None));
        var read = PlatformFacts.Read(PlatformParser.FactsPath(_folder, "linux"));
        Assert.Equal(facts.States, read.States);
        Assert.Equal(facts.Begin, read.Begin);
        Assert.Equal(facts.Clock, read.Clock);
    }

    [Fact]
    public void Should_Keep_Every_Kind_When_Written_And_Read()
    {
        var facts = Parse("host-moved.log", "host-stolen.log");

        var kinds = Samples().Aggregate(Disturbance.None, (all, sample) => all | sample.ScallDisturbed);
        Assert.Equal(Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration, kinds);
        Assert.Equal(facts.Seen, PlatformFacts.Read(PlatformParser.FactsPath(_folder, "linux")).Seen);
        Assert.Equal(Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration | Disturbance.Steal, facts.Seen);
    }

    [Fact]
    public void Should_Take_Its_Samples_Back_When_A_Boot_Is_Cut()
    {
        var cut = Path.Combine(_folder, "cut.log");
        var whole = Captured.Bytes("linux.log");
        File.WriteAllBytes(cut, whole[..whole.AsSpan().IndexOf("round n=15"u8)]);

        var facts = Parse("linux.log", cut, "linux.log");

        Assert.Equal([0, 2], Samples().Select(sample => sample.Boot).Distinct());
        var rejected = Assert.Single(facts.RejectedBoots);
        Assert.Equal(1, rejected.Boot);
        Assert.Contains(facts.Findings, finding => finding.Severity == Severity.Error && finding.Subject == cut);
    }

    [Fact]
    public void Should_Leave_A_Boot_Out_When_Its_Parameters_Differ()
    {
        var facts = Parse("linux.log", "linux-stock-verbose.log");

        Assert.Equal(1, facts.Boots);
        Assert.Contains("10000 calls of 110", Assert.Single(facts.RejectedBoots).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Leave_A_Boot_Out_When_It_Is_Refused()
    {
        var facts = PlatformParser.Parse(
            "linux",
            [new BootConsole(0, Captured.PathOf("linux.log"))],
            _folder,
            boot => boot.States["vulnerability.meltdown"] == "Mitigation: PTI" ? "vulnerability.meltdown is not what was asked for" : null,
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(0, facts.Boots);
        Assert.Empty(Samples());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("the recorded", 1)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0)]
    public void Should_Leave_A_Boot_Out_When_Its_Log_Is_Not_The_Recorded(string? hash, int boots)
    {
        var log = Captured.PathOf("linux.log");
        hash = hash == "the recorded" ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(log))) : hash;

        var facts = PlatformParser.Parse("linux", [new BootConsole(0, log, Hash: hash)], _folder, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((boots, 1 - boots, 20 * boots), (facts.Boots, facts.RejectedBoots.Count, Samples().Count));
    }

    [Fact]
    public void Should_Keep_The_Decimals_When_The_Format_Is_The_Artifacts()
    {
        Parse("artifact.log");

        var lines = File.ReadAllLines(PlatformParser.SamplesPath(_folder, "linux"));
        Assert.Equal("0,1,,72,,221.987,4.012,,,,", lines[2]);
        Assert.Equal(221.987, Samples()[1].Scall);
        Assert.True(Samples()[1].PerCall);
    }

    [Fact]
    public void Should_Leave_Nothing_When_A_Log_Is_Missing()
    {
        var error = Assert.Throws<UserError>(() => Parse("linux.log", Path.Combine(_folder, "gone.log")));

        Assert.Contains("--target=Run", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private PlatformFacts Parse(params string[] logs) => PlatformParser.Parse(
        "linux",
        [.. logs.Select((log, boot) => new BootConsole(boot, Captured.PathOf(log)))],
        _folder,
        cancellation: TestContext.Current.CancellationToken);

    private IReadOnlyList<Sample> Samples() => SampleCsv.Read(PlatformParser.SamplesPath(_folder, "linux"));
}
