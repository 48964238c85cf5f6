using MathNet.Numerics.Statistics;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class BinomialTests
{
    private const int Draws = 20_000;

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(1000, 0.002)]
    [InlineData(40, 0.5)]
    [InlineData(5000, 0.3)]
    [InlineData(5000, 0.98)]
    [InlineData(1_000_000, 0.4)]
    public void Should_Have_The_Distributions_Moments(long trials, double probability)
    {
        var random = new Xoshiro256(7);

        var drawn = Enumerable.Range(0, Draws).Select(_ => (double)Binomial.Draw(random, trials, probability)).ToList();

        var expected = new MathNet.Numerics.Distributions.Binomial(probability, (int)trials);
        Assert.All(drawn, value => Assert.InRange(value, 0, trials));
        Assert.InRange(drawn.Mean(), expected.Mean - (5 * expected.StdDev / Math.Sqrt(Draws)), expected.Mean + (5 * expected.StdDev / Math.Sqrt(Draws)));
        Assert.InRange(drawn.StandardDeviation() / expected.StdDev, 0.97, 1.03);
    }

    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(9, 0, 0)]
    [InlineData(9, 1, 9)]
    public void Should_Not_Draw_When_There_Is_No_Choice(long trials, double probability, long expected)
        => Assert.Equal(expected, Binomial.Draw(new Xoshiro256(7), trials, probability));
}
