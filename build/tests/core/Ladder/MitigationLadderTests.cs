using SyscallBench.Ladder;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Explain;
using SyscallBench.Tests.Platforms;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Ladder;

public sealed class MitigationLadderTests
{
    private static readonly LinuxPlatform _on = PlatformCatalog.Linux;
    private static readonly LinuxPlatform _off = PlatformCatalog.LinuxWithoutMitigations;

    // Skylake-Client-v1 under Linux 6.1.
    private readonly IReadOnlyDictionary<string, string> _states = CapturedBoot.Read("linux.log").States;

    [Fact]
    public void Should_Go_From_All_On_To_All_Off_In_Both_Orders()
    {
        var ladder = Ladder();

        foreach (var chain in (IReadOnlyList<LadderStep>[])[ladder.Down, ladder.Up])
        {
            Assert.Equal(_on, chain[0].Before);
            Assert.Equal(_off, chain[^1].After);
            Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.After, pair.Second.Before));
        }

        Assert.Equal(ladder.Down.SkipLast(1).Select(step => step.Name).Reverse(), ladder.Up.SkipLast(1).Select(step => step.Name));
        Assert.Equal("meltdown", ladder.Down[0].Name);
    }

    [Fact]
    public void Should_Boot_Each_Set_Of_Switches_Once()
    {
        var platforms = Ladder("meltdown", "spectre_v2", "mds").Platforms;

        // On, three alone, {meltdown, spectre_v2}, {spectre_v2, mds}, all three, off.
        Assert.Equal(8, platforms.Count);
        Assert.Equal(platforms.Count, platforms.Select(platform => platform.Name).Distinct().Count());
        Assert.Equal(platforms.Count, platforms.Select(platform => CommandLine((LinuxPlatform)platform)).Distinct().Count());
    }

    [Fact]
    public void Should_Leave_Out_What_The_Cpu_Is_Not_Affected_By_And_Name_Files_Without_A_Switch()
    {
        var ladder = new MitigationLadder(_on, _off, new Dictionary<string, string>(_states) { ["vulnerability.brand_new"] = "Vulnerable" }, asked: null);

        Assert.Contains("spec_rstack_overflow", ladder.NotAffected);
        Assert.DoesNotContain(ladder.Switches, each => each.File == "spec_rstack_overflow");
        Assert.Equal(["brand_new"], ladder.WithoutSwitch);
    }

    [Theory]
    [InlineData("ghostwrite")]
    [InlineData("old_microcode")]
    public void Should_Refuse_What_This_Kernel_Cannot_Switch_Off(string file)
    {
        var error = Assert.Throws<UsageError>(() => Ladder("meltdown", file));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Add_Up_To_The_Difference_Of_The_Ends_And_Say_Which_Changed_Nothing()
    {
        var ladder = Ladder("meltdown", "mds");
        var document = Document(ladder, platform => platform == _on ? 253 : platform == _off ? 240 : 240 + platform.Name.Length);

        Assert.Equal(13, ladder.Down.Sum(step => step.Cost(document)));
        Assert.Equal(13, ladder.Up.Sum(step => step.Cost(document)));
        Assert.Equal(["meltdown: Mitigation: PTI → Vulnerable"], ladder.Down[0].Changes(document));
        Assert.Empty(ladder.Alone[1].Changes(document));
        Assert.Contains(new LadderTable(ladder).Lines(document, null), line => line.StartsWith("mds alone is none", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Name_The_Functions_Whose_Instructions_Went()
    {
        var ladder = Ladder("meltdown");
        var document = Document(ladder, platform => platform == _on ? 253 : 240);
        Explanation explanation = new() { Paths = [.. ladder.Priced(document).Select(platform => CapturedTrace.Path(platform == _on ? "linux-skylake" : "linux-nomitig-skylake") with { Platform = platform.Name })] };

        var functions = ladder.Down[0].Functions(explanation)!;

        // Not everything that was booted: "all off" takes nothing away that nopti had not.
        Assert.Equal([_on.Name, "linux-without-meltdown"], ladder.Priced(document).Select(platform => platform.Name));
        Assert.Equal(-ladder.Down[0].Cost(document), functions.Functions.Sum(function => function.Delta));
        Assert.Contains(new LadderTable(ladder).Lines(document, explanation), line => line.EndsWith(functions.Counts, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Draw_Both_Orders()
    {
        var ladder = Ladder("meltdown", "indirect_target_selection", "mds");
        var report = new Report(Document(ladder, platform => platform == _on ? 253 : platform == _off ? 240 : 240 + (platform.Name.Length % 13)), []);

        var svg = Plots.Svg("mitigations", LadderPlot.Of(ladder).Of(report)!);

        Assert.Contains("first to last: ", svg, StringComparison.Ordinal);
        Assert.Contains("last to first: ", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_A_Boot_Whose_Guest_Was_Not_Told()
    {
        var platform = Ladder("meltdown").Alone[0].After;

        Assert.Equal("nopti is missing in /proc/cmdline", platform.WhyFailed(0, CapturedBoot.Read("linux.log")));
    }

    private MitigationLadder Ladder(params string[] asked) => new(_on, _off, _states, asked.Length == 0 ? null : asked);

    private static string? CommandLine(LinuxPlatform platform) => platform.Command(new GuestSettings(
        Accelerator.Tcg,
        "max",
        new BenchmarkArguments(1, 1, 0),
        platform.Images.ToDictionary(image => image, image => image.Name),
        "console")).Append;

    private static ResultsDocument Document(MitigationLadder ladder, Func<Platform, double> net) => new()
    {
        Accelerator = "tcg",
        Unit = Unit.Instructions,
        Rows = [.. ladder.Platforms.Select(platform => new ResultRow { Platform = platform.Name, Call = Call.Scall, Status = RowStatus.Measured, Unit = Unit.Instructions, Net = new NetCost(net(platform), null) })],
        Provenance = SampleProvenance.Of("tcg", "", []) with
        {
            Guests = ladder.Platforms.ToDictionary(
                platform => platform.Name,
                platform => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["vulnerability.meltdown"] = CommandLine((LinuxPlatform)platform)!.Contains("nopti", StringComparison.Ordinal) ? "Vulnerable" : "Mitigation: PTI" }),
        },
    };
}
