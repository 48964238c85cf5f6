using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class DistributionPlotTests
{
    [Fact]
    public void Should_Have_Nothing_To_Show_When_Counts_Are_Exact() => Assert.Empty(SampleReports.Tcg().Distributions);

    [Fact]
    public void Should_Count_Every_Clean_Round_When_They_Spread()
    {
        var linux = SampleReports.Kvm().Distributions[0];

        Assert.Equal(linux.Row.Samples, linux.Inside.Count + linux.Outside);
        Assert.NotEqual(0, linux.Outside);
    }

    [Fact]
    public void Should_Keep_Disturbed_Rounds_When_The_Row_Does()
    {
        var report = WithSamples(sample => sample with { ScallDisturbed = Disturbance.Interrupt });

        Assert.Equal(500, report.Distributions[0].Inside.Count + report.Distributions[0].Outside);
    }

    [Fact]
    public void Should_Leave_Out_A_Round_Whose_Clock_Failed_When_All_Others_Are_Kept()
    {
        var report = WithSamples(sample => sample with { ScallDisturbed = sample is { Boot: 1, Round: 7 } ? Disturbance.Clock : Disturbance.Steal }, samples: 499);

        Assert.Equal(499, report.Distributions[0].Inside.Count + report.Distributions[0].Outside);
    }

    [Fact]
    public void Should_Subtract_No_Clock_When_Values_Are_Per_Call_Already()
    {
        var raw = SampleReports.Kvm();
        var perCall = new Report(raw.Document, [.. raw.Samples.Select(platform => platform with
        {
            Samples = platform.Samples.Select(sample => sample with { PerCall = true, Scall = sample.Scall - 70 }),
        })]);

        Assert.Equal(raw.Distributions[0].Inside.Count, perCall.Distributions[0].Inside.Count);
    }

    [Fact]
    public void Should_Peak_At_The_Median_When_Rounds_Cluster_There()
    {
        var linux = SampleReports.Kvm().Distributions[0];

        var peak = linux.Curve().MaxBy(point => point.Height);

        Assert.Equal(1, peak.Height);
        Assert.InRange(peak.Value, -linux.Reach / 3, linux.Reach / 3);
    }

    private static Report WithSamples(Func<Sample, Sample> change, int samples = 500)
    {
        var kvm = SampleReports.Kvm();
        return new Report(
            kvm.Document with { Rows = [.. kvm.Document.Rows.Select(row => row is { Call: Call.Scall, Status: RowStatus.Measured } ? row with { Samples = samples } : row)] },
            [.. kvm.Samples.Select(platform => platform with { Samples = platform.Samples.Select(change) })]);
    }
}
