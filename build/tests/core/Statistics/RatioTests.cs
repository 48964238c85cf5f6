using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class RatioTests
{
    [Fact]
    public void Should_Not_Call_Them_Different_When_The_Difference_May_Be_Zero()
    {
        var one = Of(10, 11, 12, 13, 14);
        var other = Bootstrap.Median([[11, 12, 13, 14, 15]], seed: 2, "other");

        var ratio = Ratio.Of(one, other)!;

        Assert.False(ratio.IsDifferent);
        Assert.True(ratio.Ci95!.Value.Low < 1 && ratio.Ci95.Value.High > 1);
    }

    [Fact]
    public void Should_Call_Them_Different_When_The_Difference_Cannot_Be_Zero()
    {
        var ratio = Ratio.Of(Of(20, 20, 20), Of(10, 10, 10))!;

        Assert.Equal(new Ratio(2, new Interval(2, 2), true), ratio);
    }

    [Fact]
    public void Should_Have_No_Interval_When_A_Side_Has_One_Sample()
        => Assert.Equal(new Ratio(2, null, false), Ratio.Of(Of(20), Of(10, 10)));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Should_Say_Nothing_When_The_Denominator_Is_Not_Above_Zero(double denominator)
        => Assert.Null(Ratio.Of(Of(20, 21), Of(denominator, denominator)));

    [Fact]
    public void Should_Have_No_Interval_When_The_Denominator_May_Be_Zero()
    {
        var ratio = Ratio.Of(Of(20, 21), Of(0, 1, 1))!;

        Assert.Null(ratio.Ci95);
        Assert.True(ratio.IsDifferent);
    }

    private static Estimate Of(params double[] readings) => Bootstrap.Median([readings], seed: 1, "one");
}
