using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class SampleCsvTests : IDisposable
{
    private const string Header = SampleCsv.Header + "\n";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "samples.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Read_Back_The_Same_When_Written(string culture)
    {
        using var elsewhere = new InCulture(culture);
        Sample[] samples =
        [
            new(3, 7, 1000, 5, 3005, 80005, 6005)
            {
                EmptyDisturbed = Disturbance.Interrupt | Disturbance.Steal,
                ScallDisturbed = Disturbance.Clock,
                FcallDisturbed = Disturbance.ContextSwitch | Disturbance.Migration,
            },
            new(3, 8, 1_000_000_000, -5, 0, (1L << 53) - 1, 6005),
            new(0, 1, 1, 72, 0, 221.987, -0.1) { PerCall = true },
        ];

        SampleCsv.Write(File, samples);

        Assert.Equal(samples, SampleCsv.Read(File));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("boot,round\n", 1)]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,,,,\n0,1,1000,5", 3)]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,,,,,\n", 2)]
    [InlineData(Header + "\n0,0,1000,5,3005,80005,6005,,,,\n", 2)]
    [InlineData(Header + "x,0,1000,5,3005,80005,6005,,,,\n", 2)]
    [InlineData(Header + "0,-1,1000,5,3005,80005,6005,,,,\n", 2)]
    [InlineData(Header + "0,0,0,5,3005,80005,6005,,,,\n", 2)]
    [InlineData(Header + "0,0,1000,5,3005,80 005,6005,,,,\n", 2)]
    [InlineData(Header + "0,0,1000,5,3005,Infinity,6005,,,,\n", 2)]
    [InlineData(Header + "0,0,,5,3005,80.5,6.0,,,,\n", 2)]
    [InlineData(Header + "0,0,1000,5,,80005,6005,,,,\n", 2)]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,tick,,,\n", 2)]
    public void Should_Name_File_And_Line_When_A_Line_Is_No_Sample(string text, int line)
    {
        System.IO.File.WriteAllText(File, text);

        var error = Assert.Throws<UserError>(() => SampleCsv.Read(File));

        Assert.StartsWith($"{File}:{line} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--target=Parse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_What_To_Run_When_The_File_Is_Missing()
    {
        var error = Assert.Throws<UserError>(() => SampleCsv.Read(File));

        Assert.Contains("--target=Parse", error.Message, StringComparison.Ordinal);
    }
}
