using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

public sealed class PlatformCatalogTests
{
    private readonly PlatformCatalog _catalog = new();

    [Fact]
    public void Should_Hold_Every_Platform_Class_When_One_Is_Added()
    {
        var classes = typeof(Platform).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsAssignableTo(typeof(Platform)));

        // A name says which platform of a family it is.
        Type[] families = [typeof(StockPlatform), typeof(LadderPlatform)];
        Assert.Equal(classes.Except(families).OrderBy(type => type.Name), _catalog.All.Select(platform => platform.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void Should_Measure_The_Newer_Unikraft_Only_When_It_Is_Asked_For()
    {
        Assert.DoesNotContain(_catalog.Select(null), platform => platform.Name == "unikraft-0.17");
        Assert.Equal(["unikraft", "unikraft-0.17"], _catalog.Select("unikraft-0.17,unikraft").Select(platform => platform.Name));
    }

    [Fact]
    public void Should_Keep_The_Order_Of_The_Table_When_Names_Come_In_Another()
    {
        var names = _catalog.Select("linux, floor,linux").Select(platform => platform.Name);

        Assert.Equal(["floor", "linux"], names);
    }

    [Theory]
    [InlineData("linux,plan9", "--platforms=linux,plan9: there is no platform plan9; the platforms are floor-ring0, floor, unikraft, unikraft-0.17, linux-nomitig, linux, host, stock-<release>, stock-<release>-nomitig")]
    [InlineData("", "--platforms=: names no platform; the platforms are floor-ring0, floor, unikraft, unikraft-0.17, linux-nomitig, linux, host, stock-<release>, stock-<release>-nomitig")]
    public void Should_Name_The_Valid_Ones_When_A_Platform_Is_Unknown(string names, string message)
    {
        var error = Assert.Throws<UsageError>(() => _catalog.Select(names));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Should_Put_Members_Of_A_Family_Behind_In_The_Order_Named()
    {
        var platforms = _catalog.Select("stock-6.12,linux,stock-5.10-nomitig,stock-6.12");

        Assert.Equal(["linux", "stock-6.12", "stock-5.10-nomitig"], platforms.Select(platform => platform.Name));
        Assert.Equal([Mitigations.On, Mitigations.On, Mitigations.Off], platforms.Select(platform => platform.Mitigations));
    }

    [Theory]
    [InlineData("stock-6")]
    [InlineData("stock-6.12-")]
    [InlineData("stock-6.12.1.1")]
    [InlineData("stock-../../6.12")]
    public void Should_Not_Know_A_Member_That_Is_None(string name) => Assert.Null(_catalog.Find(name));

    [Fact]
    public void Should_Call_What_A_Stock_Kernel_Has()
    {
        var stock = _catalog.Find("stock-6.12")!;

        Assert.Equal("rounds=20 iters=1000 warmup=1 nr=110 expect=any", stock.ArgumentsOf(new BenchmarkArguments(20, 1000, 1)).ToString());
        Assert.Equal(102, stock.ArgumentsOf(new BenchmarkArguments(20, 1000, 1) { SystemCall = 102 }).SystemCall);
    }
}
