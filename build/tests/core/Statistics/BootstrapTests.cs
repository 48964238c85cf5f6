using SyscallBench.Results;
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

    [Fact]
    public void Should_Not_Matter_Whether_Rounds_Are_Drawn_Or_Split()
    {
        var series = Normal(boots: 6, rounds: 200, between: 1, within: 3);
        var direct = new DirectResampler(series, new Xoshiro256(1));
        var splitting = new SplittingResampler(series, new Xoshiro256(2));

        var drawn = Enumerable.Range(0, 4000).Select(_ => direct.NextMedian()).Order().ToArray();
        var split = Enumerable.Range(0, 4000).Select(_ => splitting.NextMedian()).Order().ToArray();

        foreach (var probability in new[] { 0.025, 0.25, 0.5, 0.75, 0.975 })
        {
            Assert.Equal(Quantile.Type7(drawn, probability), Quantile.Type7(split, probability), 0.15);
        }
    }

    [Fact]
    public void Should_Split_Ranks_When_The_Median_Is_Between_Two_Values()
    {
        // Two values, an even number of draws: medians are one, the other, or half-way.
        var resampler = new SplittingResampler(new Series([Tally.Of([1, 1, 2, 2])]), new Xoshiro256(3));

        var medians = Enumerable.Range(0, 4000).Select(_ => resampler.NextMedian()).CountBy(median => median).ToDictionary();

        Assert.Equal([1, 1.5, 2], medians.Keys.Order());
        Assert.InRange(medians[1.5], 4000 * 0.33, 4000 * 0.42); // 6 of 16
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
