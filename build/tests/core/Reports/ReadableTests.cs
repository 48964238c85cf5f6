using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class ReadableTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData(247.0, "247")]
    [InlineData(247.14, "247.1")]
    [InlineData(61.666, "61.67")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(-0.001, "0")]
    [InlineData(1234567.0, "1234567")]
    public void Should_Round_Only_What_Nobody_Would_Miss_When_A_Number_Is_Shown(double? number, string expected)
    {
        Assert.Equal(expected, Readable.Number(number));
    }

    [Theory]
    [InlineData(0.03, "+3 %")]
    [InlineData(-0.0312, "-3.12 %")]
    [InlineData(0.0, "0 %")]
    [InlineData(0.00001, "0 %")]
    public void Should_Carry_A_Sign_When_A_Change_Is_Shown(double fraction, string expected)
    {
        Assert.Equal(expected, Readable.SignedPercent(fraction));
    }

    [Fact]
    public void Should_Be_One_Number_When_An_Interval_Has_No_Width_To_See()
    {
        Assert.Equal("247", Readable.Interval(new Interval(247, 247)));
        Assert.Equal("247 to 247.1", Readable.Interval(new Interval(247, 247.1)));
    }
}
