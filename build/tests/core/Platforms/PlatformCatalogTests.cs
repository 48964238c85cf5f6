using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

public sealed class PlatformCatalogTests
{
    private readonly PlatformCatalog _catalog = new();

    [Fact]
    public void Should_Hold_Every_Platform_Class_When_One_Is_Added()
    {
        var classes = typeof(Platform).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Platform)) && !type.IsAbstract);

        Assert.Equal(classes.OrderBy(type => type.Name), _catalog.All.Select(platform => platform.GetType()).OrderBy(type => type.Name));
    }

    [Fact]
    public void Should_Keep_The_Order_Of_The_Table_When_Names_Come_In_Another()
    {
        var names = _catalog.Select("linux, floor,linux").Select(platform => platform.Name);

        Assert.Equal(["floor", "linux"], names);
    }

    [Theory]
    [InlineData("linux,plan9", "--platforms=linux,plan9: there is no platform plan9; the platforms are floor-ring0, floor, unikraft, linux-nomitig, linux, host")]
    [InlineData("", "--platforms=: names no platform; the platforms are floor-ring0, floor, unikraft, linux-nomitig, linux, host")]
    public void Should_Name_The_Valid_Ones_When_A_Platform_Is_Unknown(string names, string message)
    {
        var error = Assert.Throws<UsageError>(() => _catalog.Select(names));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(0, 1000, 1, "--rounds=0: must be from 1 to 10000")]
    [InlineData(20, 2_000_000_000, 1, "--iters=2000000000: must be from 1 to 1000000000")]
    [InlineData(20, 1000, -1, "--warmup=-1: must be from 0 to 1000")]
    public void Should_Name_The_Range_When_A_Number_Is_Outside(int rounds, long iterations, int warmup, string message)
    {
        var error = Assert.Throws<UsageError>(() => new BenchmarkArguments(rounds, iterations, warmup).Validated());

        Assert.Equal(message, error.Message);
    }
}
