using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class TallyTests
{
    private readonly Tally _tally = Tally.Of([3, 1, 2, 3, 3]);

    [Fact]
    public void Should_Count_Equal_Readings_Together()
        => Assert.Equal([(1, 1), (2, 1), (3, 3)], _tally.Entries());

    [Fact]
    public void Should_Find_Every_Rank()
        => Assert.Equal([1, 2, 3, 3, 3], Enumerable.Range(0, 5).Select(rank => _tally.At(rank)));

    [Theory]
    [InlineData(0.5, 0, 5)]
    [InlineData(1, 0, 4)]
    [InlineData(2.5, 2, 3)]
    [InlineData(3, 2, 0)]
    [InlineData(4, 5, 0)]
    public void Should_Count_What_Is_Below_And_Above(double value, long below, long above)
        => Assert.Equal((below, above), (_tally.CountBelow(value), _tally.CountAbove(value)));

    [Fact]
    public void Should_Merge_Into_All_Readings()
        => Assert.Equal([(0, 1), (1, 1), (2, 2), (3, 3)], Tally.Merge([_tally, Tally.Of([2, 0])]).Entries());

    [Fact]
    public void Should_Be_Empty_When_There_Is_Nothing_To_Merge()
        => Assert.Equal(0, Tally.Merge([]).Count);
}
