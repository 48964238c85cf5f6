using SyscallBench.Build.Hosting;
using SyscallBench.Build.Tests.Options;

namespace SyscallBench.Build.Tests.Hosting;

public sealed class PlanTests
{
    [Fact]
    public void Should_Align_What_Was_Given_And_What_Holds_Otherwise()
    {
        var lines = Plan.Lines(ParserFixture.Parse("--target=CloneDeps", "--mirror=/m", "--jobs=2"), ["CloneDeps", "BuildElfloader"]).ToList();

        Assert.Contains("mirror     /m", lines);
        Assert.Contains("jobs       2", lines);
        Assert.Contains("toolchain  auto", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("runs", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Say_Nothing_When_One_Task_Runs_As_It_Always_Does() =>
        Assert.Empty(Plan.Lines(ParserFixture.Parse("--target=Clean"), ["Clean"]));

    [Fact]
    public void Should_Say_When_An_Option_Changes_Nothing() => Assert.Equal(
        ["note: --all changes nothing here; it belongs to Clean"],
        Plan.Lines(ParserFixture.Parse("--target=Run", "--all"), ["Run"]));
}
