using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class SummaryTests
{
    [Fact]
    public void Should_Be_Exactly_The_Value_When_There_Is_One_Sample()
    {
        var summary = Summary.Of([0.1]);

        Assert.Equal(1, summary.Count);
        Assert.All([summary.Mean, summary.Median, summary.Q1, summary.Q3, summary.Min, summary.Max], value => Assert.Equal(0.1, value));
        Assert.Equal((0, 0), (summary.OutliersLow, summary.OutliersHigh));
    }

    [Fact]
    public void Should_Be_Exactly_The_Value_When_All_Are_Equal()
    {
        var summary = Summary.Of(Enumerable.Repeat(0.1, 1000));

        Assert.Equal((1000, 0.1, 0.1, 0.1, 0.1), (summary.Count, summary.Mean, summary.Median, summary.Q1, summary.Q3));
        Assert.Equal((0, 0), (summary.OutliersLow, summary.OutliersHigh));
    }

    [Fact]
    public void Should_Count_And_Keep_Outliers()
    {
        var summary = Summary.Of([1, 10, 11, 12, 13, 14, 15, 100]);

        Assert.Equal((1, 1), (summary.OutliersLow, summary.OutliersHigh));
        Assert.Equal((1, 100, 22), (summary.Min, summary.Max, summary.Mean));
    }

    [Fact]
    public void Should_Stay_Exact_When_Readings_Are_Huge()
        => Assert.Equal(1e15 + 1, Summary.Of([1e15, 1e15 + 1, 1e15 + 2]).Mean);
}
