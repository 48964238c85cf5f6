using SyscallBench.Model;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class BootstrapTests
{
    [Fact]
    public void Should_Give_The_Same_Medians_When_Seed_And_Data_Are_The_Same()
    {
        var series = Normal(boots: 5, rounds: 20, between: 2, within: 1);

        Assert.Equal(Bootstrap.Medians(series, 1), Bootstrap.Medians(series, 1));
        Assert.NotEqual(Bootstrap.Medians(series, 1), Bootstrap.Medians(series, 2));
    }

    [Fact]
    public void Should_Give_Nothing_When_There_Is_One_Sample()
        => Assert.Null(Bootstrap.Medians(new Series([Tally.Of([7])]), 1));

    [Fact]
    public void Should_Give_A_Point_When_All_Samples_Are_Equal()
        => Assert.Equal(new Interval(7, 7), Estimate.Of(new Series([Tally.Of([7, 7]), Tally.Of([7])]), 1).Ci95);

    [Fact]
    public void Should_Be_Wider_When_Boots_Differ_More_Than_Rounds()
    {
        // The same readings in all: once each boot has its own level, once every boot has all levels.
        var apart = new Series(Enumerable.Range(0, 10).Select(boot => Tally.Of(Enumerable.Range(0, 10).Select(round => (boot * 10.0) + round))));
        var mixed = new Series(Enumerable.Range(0, 10).Select(boot => Tally.Of(Enumerable.Range(0, 10).Select(round => (round * 10.0) + boot))));

        Assert.True(WidthOf(apart) > 1.3 * WidthOf(mixed));
    }

    [Fact]
    public void Should_Hold_The_Truth_About_As_Often_As_It_Says()
    {
        var held = Enumerable.Range(0, 200).Count(seed =>
        {
            var interval = Estimate.Of(Normal(boots: 25, rounds: 5, between: 1, within: 1, seed), (ulong)seed).Ci95!.Value;
            return interval.Low <= 100 && interval.High >= 100;
        });

        Assert.InRange(held, 178, 200);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(0, 2)]
    public void Should_Not_Matter_Whether_Rounds_Are_Drawn_Or_Their_Ranks(double between, double within)
    {
        var series = Normal(boots: 6, rounds: 500, between, within);
        var direct = new DirectResampler(series, new Xoshiro256(1));
        var ranks = new RankResampler(series, new Xoshiro256(2));

        var drawn = Enumerable.Range(0, 4000).Select(_ => direct.NextMedian()).Order().ToArray();
        var ranked = Enumerable.Range(0, 4000).Select(_ => ranks.NextMedian()).Order().ToArray();

        // Two runs of the same resampler differ by as much.
        var spread = Quantile.Type7(drawn, 0.975) - Quantile.Type7(drawn, 0.025);
        foreach (var probability in new[] { 0.025, 0.25, 0.5, 0.75, 0.975 })
        {
            Assert.Equal(Quantile.Type7(drawn, probability), Quantile.Type7(ranked, probability), 0.06 * spread);
        }
    }

    [Fact]
    public void Should_Choose_Between_Values_As_Often_When_There_Are_Only_Two()
    {
        var series = new Series([Tally.Of(Enumerable.Range(0, 10_000).Select(round => round < 5_050 ? 1.0 : 2.0))]);
        var ranks = new RankResampler(series, new Xoshiro256(3));

        var low = Enumerable.Range(0, 4000).Count(_ => ranks.NextMedian() == 1);

        Assert.InRange(low / 4000.0, 0.81, 0.87); // Binomial(10000, 0.505) is at least 5000 with probability 0.841
    }

    private static double WidthOf(Series series) => Estimate.Of(series, 1).Ci95 is { } interval ? interval.High - interval.Low : 0;

    private static Series Normal(int boots, int rounds, double between, double within, int seed = 1)
    {
        var random = new Random(seed);
        return new Series(Enumerable.Range(0, boots).Select(_ =>
        {
            var level = Draw(100, between, random);
            return Tally.Of(Enumerable.Range(0, rounds).Select(_ => Draw(level, within, random)));
        }));
    }

    private static double Draw(double mean, double deviation, Random random) => MathNet.Numerics.Distributions.Normal.Sample(random, mean, deviation);
}
