using MathNet.Numerics.Distributions;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class ModalityTests
{
    private const int Samples = 400;

    private readonly Random _random = new(1);

    public static TheoryData<string, int> SingleModes()
    {
        var data = new TheoryData<string, int>();
        foreach (var size in (int[])[20, 30, 60, 100, 200, 500])
        {
            foreach (var shape in (string[])["normal", "wide normal", "uniform", "exponential", "whole"])
                data.Add(shape, size);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SingleModes))]
    public void Should_Warn_Of_At_Most_Five_Percent_When_There_Is_One_Mode(string shape, int size) =>
        Assert.InRange(Warnings(() => [Readings(size, () => Single(shape))]), 0, 0.05);

    // As many boots as a run under KVM has, or under TCG, each with a level of its own: together they are as lumpy as their number makes them.
    [Theory]
    [InlineData(25, 1)]
    [InlineData(25, 5)]
    [InlineData(3, 5)]
    [InlineData(3, 0.2)]
    public void Should_Warn_Of_At_Most_Five_Percent_When_Boots_Vary_Around_One_Level(int boots, double between) =>
        Assert.InRange(
            Warnings(() => [.. Enumerable.Range(0, boots).Select(_ => Normal.Sample(_random, 222, between)).Select(level => Readings(20, () => Normal.Sample(_random, level, 1)))]),
            0,
            0.05);

    [Theory]
    [InlineData(30, 0.5, 5)]
    [InlineData(100, 0.5, 8)]
    [InlineData(500, 0.5, 10)]
    [InlineData(500, 0.2, 5)]
    public void Should_Warn_When_There_Are_Two_Modes(int size, double second, double spread) =>
        Assert.InRange(Warnings(() => [Readings(size, () => Normal.Sample(_random, _random.NextDouble() < second ? 240 : 200, spread))]), 0.9, 1);

    [Fact]
    public void Should_Not_Take_Outliers_For_A_Mode() =>
        Assert.InRange(Warnings(() => [Readings(500, () => Normal.Sample(_random, _random.NextDouble() < 0.05 ? 900 : 222, 2))]), 0, 0.05);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(10, 15)]
    public void Should_Warn_And_Name_Both_Levels_When_Some_Boots_Are_At_Another(int low, int high)
    {
        double[] levels = [.. Enumerable.Repeat(115.0, low), .. Enumerable.Repeat(153.0, high)];

        var modality = Modality.Of(new Series(levels.Select(level => Readings(20, () => Normal.Sample(_random, level, 2)))))!;

        Assert.True(modality.IsSeveral);
        Assert.Equal((115, 153, (double)low / levels.Length), (Math.Round(modality.Low), Math.Round(modality.High), modality.LowShare));
    }

    [Fact]
    public void Should_Warn_When_Exact_Counts_Have_Two_Levels() =>
        Assert.True(IsSeveral([.. Enumerable.Repeat(84.0, 40), .. Enumerable.Repeat(253.0, 20)]));

    [Theory]
    // Counts that repeat, with the few that something disturbed.
    [InlineData(247.0, 50, 247.1, 10)]
    [InlineData(247.0, 58, 260.5, 2)]
    [InlineData(222.0, 60, 10_000.0, 2)]
    // Decimals lost, as the artifact's own parse step loses them; or a clock that goes in steps.
    [InlineData(4.0, 30, 5.0, 30)]
    [InlineData(78.0, 30, 79.0, 30)]
    public void Should_Not_Warn_When_Ties_Are_Many(double usual, int usualCount, double other, int otherCount) =>
        Assert.False(IsSeveral([.. Enumerable.Repeat(usual, usualCount), .. Enumerable.Repeat(other, otherCount)]));

    [Fact]
    public void Should_Not_Follow_The_Number_Of_Readings() => Assert.InRange(Warnings(() => [Readings(20_000, () => Single("uniform"))], samples: 10), 0, 0);

    [Fact]
    public void Should_Say_Nothing_When_Samples_Are_Few() => Assert.Null(Modality.Of(new Series([Tally.Of([1, 1, 1, 9, 9, 9])])));

    [Fact]
    public void Should_Say_Nothing_When_All_Are_Zero() => Assert.Null(Modality.Of(new Series([Tally.Of(Enumerable.Repeat(0.0, 100))])));

    private static bool IsSeveral(IReadOnlyList<double> readings) => Modality.Of(new Series([Tally.Of(readings)])) is { IsSeveral: true };

    private static double Warnings(Func<IReadOnlyList<Tally>> boots, int samples = Samples) =>
        Enumerable.Range(0, samples).Count(_ => Modality.Of(new Series(boots())) is { IsSeveral: true }) / (double)samples;

    private static Tally Readings(int size, Func<double> reading) => Tally.Of(Enumerable.Range(0, size).Select(_ => reading()));

    private double Single(string shape) => shape switch
    {
        "normal" => Normal.Sample(_random, 222, 10),
        "wide normal" => Normal.Sample(_random, 0, 10),
        "uniform" => ContinuousUniform.Sample(_random, 200, 240),
        "exponential" => 200 + Exponential.Sample(_random, 0.1),
        _ => Math.Round(Normal.Sample(_random, 84, 2)),
    };
}
