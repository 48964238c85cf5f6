using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class VarianceComponentsTests
{
    [Fact]
    public void Should_Advise_Boots_When_They_Differ_Most()
    {
        var components = VarianceComponents.Of([[10, 11, 12], [20, 21, 22], [30, 31, 32]])!;

        Assert.Equal(1, components.Within, 12);
        Assert.Equal(100 - (1 / 3.0), components.Between, 12); // (300 - 1) / 3 rounds
        Assert.True(components.AreBootsWorthMore);
    }

    [Fact]
    public void Should_Advise_Rounds_When_Boots_Are_Alike()
    {
        var components = VarianceComponents.Of([[10, 20, 30], [10, 20, 30], [10, 20, 30]])!;

        Assert.Equal(0, components.Between);
        Assert.False(components.AreBootsWorthMore);
    }

    [Fact]
    public void Should_Say_Nothing_When_There_Is_One_Boot()
        => Assert.Null(VarianceComponents.Of([[10, 20, 30]]));

    [Fact]
    public void Should_Say_Nothing_When_Boots_Have_One_Round()
        => Assert.Null(VarianceComponents.Of([[10], [20], [30]]));
}
