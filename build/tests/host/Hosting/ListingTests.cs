using SyscallBench.Build.Hosting;
using SyscallBench.Build.Options;
using SyscallBench.Build.Tests.Options;

namespace SyscallBench.Build.Tests.Hosting;

public sealed class ListingTests
{
    private static readonly TaskCatalogue Tasks = TaskCatalogue.Of(typeof(BenchContext).Assembly);

    [Fact]
    public void Should_List_Every_Option_And_Target_In_80_Columns_And_All_First()
    {
        var lines = Listing.Lines(Tasks).ToList();
        var text = string.Concat(lines.Select(line => line.Trim()));

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.EndsWith("--target=All", lines.First(line => line.Contains("--target=", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(ParserFixture.Options, option => Assert.Contains(option.Usage, text, StringComparison.Ordinal));
        Assert.All(
            Tasks.InOrder.Where(task => task.Name != TaskCatalogue.Default),
            task => Assert.Contains($"  ./build.sh --target={task.Name}", lines));
    }

    [Fact]
    public void Should_Align_What_Was_Given_And_What_Holds_Otherwise()
    {
        var lines = Listing.Defaults(ParserFixture.Parse("--target=CloneDeps", "--mirror=/m", "--jobs=2"), ["CloneDeps", "BuildElfloader"]);

        Assert.Contains("mirror     /m", lines);
        Assert.Contains("jobs       2", lines);
        Assert.Contains("toolchain  auto", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--target=Run", "--all", "Run", true)]
    [InlineData("--target=Run", "--json", "Run", true)]
    [InlineData("--target=Clean", "--all", "Clean", false)]
    public void Should_Say_When_An_Option_Changes_Nothing(string target, string option, string task, bool isIdle)
    {
        var lines = Listing.Idle(ParserFixture.Parse(target, option), [task]).ToList();

        Assert.Equal(isIdle, lines.Count == 1 && lines[0].Contains(option, StringComparison.Ordinal));
    }
}
