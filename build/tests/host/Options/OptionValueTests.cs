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
    public void Should_Take_Platforms_In_Any_Case() => Assert.Equal(["floor", "linux"], Parse("--platforms=Linux,FLOOR,linux").Options.Platforms);

    [Fact]
    public void Should_Read_Thousands_As_Defaults_Are_Printed() => Assert.Equal(1_000_000, Parse("--iters=1,000,000").Options.Iterations);

    [Theory]
    [InlineData("host,migratable=no")]
    [InlineData("EPYC-v1,+svm,-rdseed")]
    public void Should_Take_A_Cpu_With_Its_Properties(string cpu) => Assert.Equal([cpu], Parse($"--cpu={cpu}").Options.Cpus);

    [Fact]
    public void Should_Begin_Another_Cpu_When_A_Part_Is_No_Property() =>
        Assert.Equal(["EPYC-v1,+svm,-rdseed", "host,migratable=no", "max"], Parse("--cpu=EPYC-v1,+svm,-rdseed,host,migratable=no,max").Options.Cpus);

    [Theory]
    [InlineData("EPYC-v1,EPYC-v1")]
    [InlineData("+svm,EPYC-v1")]
    [InlineData("EPYC-v1,")]
    [InlineData("EPYC-v1,,max")]
    public void Should_Refuse_Cpus_When_One_Is_There_Twice_Or_Is_None(string cpus) => Assert.Throws<UsageError>(() => Parse($"--cpu={cpus}"));

    [Fact]
    public void Should_Take_Calls_By_Name() => Assert.Equal(["read", "noop"], Parse("--syscall=read,noop").Options.Syscalls);

    [Theory]
    [InlineData("--syscall=fork")]
    [InlineData("--rounds=10001")]
    [InlineData("--warmup=1001")]
    [InlineData("--runs=1001")]
    [InlineData("--iters=1,00")]
    public void Should_Hold_Numbers_To_The_Benchmarks_Own_Limits(string argument) => Assert.Throws<UsageError>(() => Parse(argument));

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
