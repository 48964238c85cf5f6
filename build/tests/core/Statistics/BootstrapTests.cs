using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class BootstrapTests
{
    [Fact]
    public void Should_Give_The_Same_Interval_When_Seed_Name_And_Data_Are_The_Same()
    {
        var boots = Normal(boots: 5, rounds: 20, between: 2, within: 1);

        Assert.Equal(Bootstrap.Median(boots, 1, "linux/Scall").Resampled, Bootstrap.Median(boots, 1, "linux/Scall").Resampled);
        Assert.NotEqual(Bootstrap.Median(boots, 1, "linux/Scall").Resampled, Bootstrap.Median(boots, 2, "linux/Scall").Resampled);
        Assert.NotEqual(Bootstrap.Median(boots, 1, "linux/Scall").Resampled, Bootstrap.Median(boots, 1, "linux/Fcall").Resampled);
    }

    // Published intervals can be made again from the seed, on any machine and with any version of .NET. Whoever changes this number changes results.
    [Fact]
    public void Should_Give_The_Published_Interval_When_The_Seed_Is_The_Published()
    {
        double[][] boots = [.. Enumerable.Range(0, 7).Select(boot => Enumerable.Range(0, 11).Select(round => ((boot * 131) + (round * 7919)) % 1009 / 16.0).ToArray())];

        Assert.Equal([31.625, 32.75, 34.375], Bootstrap.Median(boots, 42, "linux/Scall").Resampled![..3]);
        Assert.Equal(new Interval(22.0625, 38.6875), Bootstrap.Median(boots, 42, "linux/Scall").Ci95);
    }

    [Fact]
    public void Should_Give_No_Interval_When_There_Is_One_Sample() => Assert.Equal(new Estimate(7, null, null), Bootstrap.Median([[7]], 1, "one"));

    [Fact]
    public void Should_Give_A_Point_When_All_Samples_Are_Equal() => Assert.Equal(new Interval(7, 7), Bootstrap.Median([[7, 7], [7]], 1, "equal").Ci95);

    [Fact]
    public void Should_Be_Wider_When_Boots_Differ_More_Than_Rounds()
    {
        // The same readings in all: once each boot has its own level, once every boot has all levels.
        double[][] apart = [.. Enumerable.Range(0, 10).Select(boot => Enumerable.Range(0, 10).Select(round => (boot * 10.0) + round).ToArray())];
        double[][] mixed = [.. Enumerable.Range(0, 10).Select(boot => Enumerable.Range(0, 10).Select(round => (round * 10.0) + boot).ToArray())];

        Assert.True(WidthOf(apart) > 1.3 * WidthOf(mixed));
    }

    [Fact]
    public void Should_Hold_The_Truth_About_As_Often_As_It_Says()
    {
        var held = Enumerable.Range(0, 200).Count(seed =>
        {
            var interval = Bootstrap.Median(Normal(boots: 25, rounds: 5, between: 1, within: 1, seed), (ulong)seed, "truth").Ci95!.Value;
            return interval.Low <= 100 && interval.High >= 100;
        });

        Assert.InRange(held, 178, 200);
    }

    private static double WidthOf(double[][] boots) => Bootstrap.Median(boots, 1, "width").Ci95 is { } interval ? interval.High - interval.Low : 0;

    private static double[][] Normal(int boots, int rounds, double between, double within, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, boots).Select(_ =>
            {
                var level = Draw(100, between, random);
                return Enumerable.Range(0, rounds).Select(_ => Draw(level, within, random)).ToArray();
            }),
        ];
    }

    private static double Draw(double mean, double deviation, Random random) => MathNet.Numerics.Distributions.Normal.Sample(random, mean, deviation);
}
