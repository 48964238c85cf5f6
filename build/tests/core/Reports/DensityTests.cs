using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class DensityTests
{
    [Fact]
    public void Should_Peak_Where_The_Samples_Are_When_They_Cluster()
    {
        var density = new Density(-10, 10);
        foreach (var value in new[] { 3, 3.1, 2.9, 3, 3.05, -4 })
            density.Add(value);

        var peak = density.Curve(spread: 0.2).MaxBy(point => point.Height);

        Assert.Equal(1, peak.Height);
        Assert.InRange(peak.Value, 2.8, 3.2);
    }

    [Fact]
    public void Should_Count_What_Lies_Outside_When_A_Sample_Is_Far_Away()
    {
        var density = new Density(-1, 1);

        density.Add(-1);
        density.Add(1);
        density.Add(1.5);
        density.Add(-20);

        Assert.Equal((2, 2), (density.Inside, density.Outside));
    }

    [Fact]
    public void Should_Be_Flat_When_There_Is_No_Sample()
    {
        var density = new Density(-1, 1);

        Assert.All(density.Curve(spread: 0), point => Assert.Equal(0, point.Height));
    }
}
