using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class DriftTests
{
    [Fact]
    public void Should_See_Drift_When_Values_Rise()
    {
        var drift = Drift.Find([.. Enumerable.Range(0, 25).Select(order => 200.0 + order)])!;

        Assert.Equal(1, drift.Correlation, 12);
        Assert.Equal(17 / 212.0, drift.Change, 12);
    }

    [Fact]
    public void Should_See_Drift_When_Values_Fall()
        => Assert.True(Drift.Find([.. Enumerable.Range(0, 25).Select(order => 200.0 - order + (order % 3))])!.Change < 0);

    [Fact]
    public void Should_See_None_When_The_Change_Is_Small()
        => Assert.Null(Drift.Find([.. Enumerable.Range(0, 25).Select(order => 200.0 + (order / 1000.0))]));

    [Fact]
    public void Should_See_None_When_The_Order_Is_Chance()
    {
        var random = new Random(1);

        Assert.Null(Drift.Find([.. Enumerable.Range(0, 25).Select(_ => 200 + random.NextDouble())]));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 1, 2, 3, 4, 5 })]
    [InlineData(new double[] { 7, 7, 7, 7, 7, 7, 7, 7 })]
    public void Should_Say_Nothing_When_Values_Are_Few_Or_Equal(double[] values)
        => Assert.Null(Drift.Find(values));
}
