using SyscallBench.Build.Options;
using static SyscallBench.Build.Tests.Options.ParserFixture;

namespace SyscallBench.Build.Tests.Options;

public sealed class CommandLineParserTests
{
    [Fact]
    public void Should_List_Targets_When_Nothing_Is_Asked_For()
    {
        var line = Parse();

        Assert.Equal(["Default"], line.Targets);
        Assert.Equal(Mode.Run, line.Mode);
        Assert.Equal(new BenchOptions(), line.Options);
    }

    [Theory]
    [InlineData("--target=run")]
    [InlineData("--target", "RUN")]
    [InlineData("-t", "Run")]
    [InlineData("-t=Run")]
    [InlineData("--TARGET=Run")]
    public void Should_Find_Target_In_Any_Spelling(params string[] args) => Assert.Equal(["Run"], Parse(args).Targets);

    [Fact]
    public void Should_Keep_Targets_In_Order_When_Several_Are_Named() =>
        Assert.Equal(["Clean", "Run"], Parse("--target=Clean", "--target=Run", "--target=clean").Targets);

    [Theory]
    [InlineData("--runs=5", "--rounds", "7")]
    [InlineData("--rounds", "7", "--runs", "5")]
    public void Should_Read_Values_With_And_Without_Equals_Sign(params string[] args)
    {
        var options = Parse(args).Options;

        Assert.Equal(5, options.Runs);
        Assert.Equal(7, options.Rounds);
    }

    [Fact]
    public void Should_Let_The_Last_Count_When_An_Option_Is_Repeated() => Assert.Equal(2, Parse("--runs=1", "--runs=2").Options.Runs);

    [Theory]
    [InlineData("--strict", true)]
    [InlineData("--strict=true", true)]
    [InlineData("--strict=FALSE", false)]
    public void Should_Read_Flags(string argument, bool strict) => Assert.Equal(strict, Parse(argument).Options.Strict);

    [Theory]
    [InlineData("--dryrun", Mode.DryRun)]
    [InlineData("--whatif", Mode.DryRun)]
    [InlineData("--tree", Mode.Tree)]
    [InlineData("--showtree", Mode.Tree)]
    [InlineData("--description", Mode.Description)]
    [InlineData("--help", Mode.Help)]
    [InlineData("-h", Mode.Help)]
    [InlineData("--version", Mode.Version)]
    public void Should_Know_Cakes_Switches(string argument, Mode mode) => Assert.Equal(mode, Parse(argument).Mode);

    [Theory]
    [InlineData("--verbosity=Diagnostic", "diagnostic")]
    [InlineData("-v", "d", "diagnostic")]
    [InlineData("--verbosity=q", "quiet")]
    public void Should_Know_Verbosities_And_Their_Letters(params string[] argumentsAndVerbosity) =>
        Assert.Equal(argumentsAndVerbosity[^1], Parse(argumentsAndVerbosity[..^1]).Verbosity);

    [Fact]
    public void Should_Hand_Cake_Only_What_It_Understands()
    {
        var line = Parse("--runs=3", "-t", "run", "-e", "--whatif", "-v", "m");

        Assert.Equal(["--target=Run", "--verbosity=minimal", "--exclusive", "--dryrun"], line.CakeArguments("Run"));
    }

    [Theory]
    [InlineData("--paper", "--runs=2")]
    [InlineData("--runs=2", "--paper")]
    public void Should_Take_The_Papers_Setting_As_A_Base_Wherever_It_Is_Typed(params string[] args)
    {
        var options = Parse(args).Options;

        Assert.Equal((2, 20, 1_000_000L), (options.Runs!.Value, options.Rounds!.Value, options.Iterations!.Value));
        Assert.Equal(("5.11", "kvm"), (Assert.Single(options.Kernels), options.Accelerator));
    }

    [Fact]
    public void Should_Start_Relative_Paths_At_The_Callers_Directory()
    {
        var options = Parse("--kernel=tree", "--mirror=../mirror", "--import=/absolute").Options;

        Assert.Equal(["/somewhere/else/tree"], options.Kernels);
        Assert.Equal("/somewhere/mirror", options.Mirror);
        Assert.Equal("/absolute", options.Import);
    }

    [Fact]
    public void Should_Take_Kernels_By_Name_And_By_Path() =>
        Assert.Equal(["debian", "6.12", "6.5.3", "/somewhere/else/tree", "/absolute"], Parse("--kernel=debian,6.12,6.5.3,tree,/absolute").Options.Kernels);

    [Fact]
    public void Should_Leave_Urls_Alone() => Assert.Equal("https://example.org/git", Parse("--mirror=https://example.org/git").Options.Mirror);

    [Fact]
    public void Should_Remember_What_Was_Typed()
    {
        var line = Parse("--runs", "3", "--strict");

        Assert.Equal(["--runs", "3", "--strict"], line.Typed);
        Assert.Equal(new Dictionary<string, string> { ["runs"] = "3", ["strict"] = "true" }, line.Given);
    }
}
