using System.Text;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class SampleReaderTests
{
    private const string Header = "boot,round,iterations,tsc,empty,scall,fcall,tsc_spoilt,empty_spoilt,scall_spoilt,fcall_spoilt\n";

    [Fact]
    public void Should_Read_What_Disturbed_A_Region()
    {
        var sample = Assert.Single(Read(Header + "3,7,1000,5,3005,80005,6005,,interrupt+steal,clock,context-switch+migration\r\n"));

        Assert.Equal(
            new Sample(3, 7, 1000, 5, 3005, 80005, 6005)
            {
                EmptyDisturbed = Disturbance.Interrupt | Disturbance.Steal,
                ScallDisturbed = Disturbance.Clock,
                FcallDisturbed = Disturbance.ContextSwitch | Disturbance.Migration,
            },
            sample);
    }

    [Theory]
    [InlineData("", "samples.csv:1 is no sample: the header is not boot,round")]
    [InlineData("boot,round\n", "samples.csv:1 is no sample: the header is not boot,round")]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,,,,\n0,1,1000,5", "samples.csv:3 is no sample: 4 instead of 11 columns")]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,,,,,\n", "samples.csv:2 is no sample: 12 instead of 11 columns")]
    [InlineData(Header + "\n", "samples.csv:2 is no sample: 1 instead of 11 columns")]
    [InlineData(Header + "x,0,1000,5,3005,80005,6005,,,,\n", "boot is no number")]
    [InlineData(Header + "0,-1,1000,5,3005,80005,6005,,,,\n", "round is no number")]
    [InlineData(Header + "0,0,0,5,3005,80005,6005,,,,\n", "iterations is no positive number")]
    [InlineData(Header + "0,0,1000,5,3005,80.5,6005,,,,\n", "is no whole number")]
    [InlineData(Header + "0,0,,5,3005,80.5,6.0,,,,\n", "empty has a value and iterations has none")]
    [InlineData(Header + "0,0,1000,5,3005,80005,6005,tick,,,\n", "none of interrupt, steal, context-switch, migration, clock")]
    public void Should_Name_File_And_Line_When_A_Line_Is_No_Sample(string text, string expected)
    {
        var error = Assert.Throws<UserError>(() => Read(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("run --target=Parse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_What_To_Run_When_The_File_Is_Missing()
    {
        var error = Assert.Throws<UserError>(() => SampleReader.Enumerate("nowhere/linux.csv").ToList());

        Assert.Equal("nowhere/linux.csv does not exist: run --target=Parse to make it", error.Message);
    }

    private static List<Sample> Read(string text)
    {
        using var reader = new SampleReader(new MemoryStream(Encoding.ASCII.GetBytes(text)), "samples.csv");
        var samples = new List<Sample>();
        while (reader.TryRead(out var sample))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
