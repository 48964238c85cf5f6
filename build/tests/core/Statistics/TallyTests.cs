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
    public void Should_Stay_Small_And_Near_When_Every_Reading_Differs()
    {
        var tallies = new BootTallies();
        for (var boot = 0; boot < 8; boot++)
        {
            tallies.Add(Tally.Of(Enumerable.Range(0, 100_000).Select(round => 1e9 + (round * 8.0) + boot)));
        }

        Assert.True(tallies.Boots.Sum(tally => tally.Distinct) <= 1 << 18);
        Assert.All(tallies.Boots, tally => Assert.Equal(100_000, tally.Count));
        Assert.All(tallies.Boots, tally => Assert.Equal(1e9 + 400_000, Quantile.Type7(tally, 0.5), 32.0));
    }

    [Fact]
    public void Should_Count_Batches_Together()
    {
        var counter = new TickCounter();
        for (var reading = 0; reading < 100_000; reading++)
        {
            counter.Add(reading % 7);
        }

        var tally = counter.Take();

        Assert.Equal((100_000, 7, 0), (tally.Count, tally.Distinct, counter.Count));
        Assert.Equal(14_286, tally.CountAt(0));
    }

    [Fact]
    public void Should_Be_Empty_When_There_Is_Nothing_To_Merge()
        => Assert.Equal(0, Tally.Merge([]).Count);
}
