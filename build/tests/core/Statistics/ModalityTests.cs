using MathNet.Numerics.Distributions;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class ModalityTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    public void Should_See_Two_Modes_When_There_Are_Two(double second)
    {
        var random = new Random(1);

        var readings = Enumerable.Range(0, 500).Select(_ => Normal.Sample(random, random.NextDouble() < second ? 240 : 200, 5));

        Assert.True(Modality.Of(Tally.Of(readings))!.IsSeveral);
    }

    [Fact]
    public void Should_See_One_Mode_When_There_Is_One()
    {
        var random = new Random(1);

        Assert.False(Modality.Of(Tally.Of(Enumerable.Range(0, 500).Select(_ => Normal.Sample(random, 222, 10))))!.IsSeveral);
    }

    [Fact]
    public void Should_See_One_Mode_When_Outliers_Are_Far_Away()
        => Assert.False(Modality.Of(Tally.Of([.. Enumerable.Repeat(222.0, 60), 10_000, 20_000]))!.IsSeveral);

    [Fact]
    public void Should_Say_Nothing_When_Samples_Are_Few()
        => Assert.Null(Modality.Of(Tally.Of([1, 1, 1, 9, 9, 9])));

    [Fact]
    public void Should_Say_Nothing_When_All_Are_Zero()
        => Assert.Null(Modality.Of(Tally.Of(Enumerable.Repeat(0.0, 100))));
}
