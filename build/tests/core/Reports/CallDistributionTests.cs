using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class CallDistributionTests
{
    [Fact]
    public void Should_Have_A_Point_Per_Boot_When_Counts_Are_Exact()
    {
        var linux = SampleReports.Tcg().Distributions[0];

        Assert.True(linux.IsExact);
        Assert.Equal([0, 0, 0], linux.Boots);
    }

    [Fact]
    public void Should_Count_Every_Clean_Sample_When_They_Spread()
    {
        var linux = SampleReports.Kvm().Distributions[0];

        Assert.False(linux.IsExact);
        Assert.Equal(linux.Row.Samples, linux.Density.Inside + linux.Density.Outside);
    }

    [Fact]
    public void Should_Keep_Disturbed_Samples_When_The_Row_Does()
    {
        var report = WithSamples(sample => sample with { ScallDisturbed = Disturbance.Interrupt });

        Assert.Equal(500, report.Distributions[0].Density.Inside + report.Distributions[0].Density.Outside);
    }

    [Fact]
    public void Should_Leave_Absences_Out_When_The_Row_Keeps_Only_Interrupted_Samples()
    {
        var report = WithSamples(sample => sample with { ScallDisturbed = sample is { Boot: 1, Round: 7 } ? Disturbance.Steal : Disturbance.Interrupt });

        Assert.Equal(report.Distributions[0].Row.Samples, report.Distributions[0].Density.Inside + report.Distributions[0].Density.Outside);
    }

    [Fact]
    public void Should_Subtract_No_Clock_When_Values_Are_Per_Call_Already()
    {
        var raw = SampleReports.Tcg();
        var perCall = new Report(raw.Document, [.. raw.Samples.Select(platform => platform with
        {
            Samples = platform.Samples.Select(sample => sample with { PerCall = true, Scall = sample.Scall - 23 }),
        })]);

        Assert.Equal([0, 0, 0], perCall.Distributions[0].Boots);
    }

    [Fact]
    public void Should_Pass_Over_The_Samples_Once_When_Several_Files_Show_Them()
    {
        var passes = 0;
        var report = WithSamples(sample =>
        {
            passes += sample is { Boot: 0, Round: 0 } ? 1 : 0;
            return sample;
        });

        foreach (var exporter in Exporters.All.Where(exporter => exporter is not SamplesCsvExporter))
            exporter.Export(report, Stream.Null);

        Assert.Equal(report.Samples.Count, passes);
    }

    private static Report WithSamples(Func<Sample, Sample> change)
    {
        var kvm = SampleReports.Kvm();
        return new Report(
            kvm.Document with { Rows = [.. kvm.Document.Rows.Select(row => row is { Call: Call.Scall, Status: RowStatus.Measured } ? row with { Samples = 500 } : row)] },
            [.. kvm.Samples.Select(platform => platform with { Samples = platform.Samples.Select(change) })]);
    }
}
