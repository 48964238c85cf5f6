using System.Text;
using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData("222.000", 222_000_000, "222.000")]
    [InlineData("221.987", 221_987_000, "221.987")]
    [InlineData("4", 4_000_000, "4.000")]
    [InlineData("-0.5", -500_000, "-0.500")]
    [InlineData("0.123456", 123_456, "0.123456")]
    public void Should_Keep_Every_Decimal_When_Read_And_Written(string text, long millionths, string written)
    {
        Assert.True(FixedPoint.TryParse(Encoding.ASCII.GetBytes(text), out var value));
        Assert.Equal(millionths, value);
        Assert.Equal(written, FixedPoint.Format(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.-5")]
    [InlineData("1.1234567")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("9223372036854775807")]
    public void Should_Refuse_When_The_Text_Is_No_Such_Number(string text)
        => Assert.False(FixedPoint.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
