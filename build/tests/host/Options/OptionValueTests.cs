using System.Globalization;
using static SyscallBench.Build.Tests.Options.ParserFixture;

namespace SyscallBench.Build.Tests.Options;

public sealed class OptionValueTests
{
    [Theory]
    [InlineData("2%", 0.02)]
    [InlineData("0.5%", 0.005)]
    [InlineData("0.02", 0.02)]
    [InlineData("0", 0.0)]
    public void Should_Read_Thresholds_As_Fractions(string text, double fraction) => Assert.Equal(fraction, Parse($"--threshold={text}").Options.Threshold);

    [Fact]
    public void Should_Read_Fractions_Of_Seconds() => Assert.Equal(TimeSpan.FromMilliseconds(1500), Parse("--deadline=1.5").Options.Deadline);

    [Fact]
    public void Should_Read_The_Largest_Seed() => Assert.Equal(ulong.MaxValue, Parse($"--seed={ulong.MaxValue}").Options.Seed);

    [Fact]
    public void Should_Take_Each_Platform_Once_In_The_Order_Typed() =>
        Assert.Equal(["unikraft", "linux"], Parse("--platforms=unikraft, linux,unikraft").Options.Platforms);

    [Fact]
    public void Should_Read_Numbers_Alike_Under_Every_Culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };

            Assert.Equal(0.025, Parse("--threshold=2.5%").Options.Threshold);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
