using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class DipTestTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 0.1)]
    [InlineData(new double[] { 7, 7, 7, 7 }, 0.125)]
    [InlineData(new double[] { 0, 0, 1, 1 }, 0.25)]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 }, 0.1)]
    [InlineData(new double[] { 0, 4, 5, 6, 10 }, 0.1)]
    public void Should_Be_The_Distance_From_The_Nearest_Single_Mode(double[] sorted, double dip) => Assert.Equal(dip, DipTest.Dip(sorted), 12);

    // Quantiles of R's diptest 0.76, table qDiptab, of a million samples each; ours are of 5000.
    [Theory]
    [InlineData(20, 0.0733, 0.1051)]
    [InlineData(100, 0.0355, 0.0511)]
    public void Should_Have_The_Published_Quantiles_When_Readings_Are_Uniform(int size, double median, double ninetyFifth)
    {
        var dips = Dips(size, 5000);

        Assert.Equal(median, dips[dips.Length / 2], tolerance: 0.01 * median);
        Assert.Equal(ninetyFifth, dips[dips.Length * 95 / 100], tolerance: 0.02 * ninetyFifth);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(300)]
    public void Should_Stay_Below_The_Critical_Dip_In_99_Percent_Of_Uniform_Samples(int size)
    {
        var dips = Dips(size, 10_000);

        Assert.InRange(dips.Count(dip => dip >= DipTest.Critical(size)) / 10_000.0, 0.007, 0.013);
    }

    private static double[] Dips(int size, int samples)
    {
        var random = new Xoshiro256(1);
        var dips = new double[samples];
        var readings = new double[size];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var reading = 0; reading < size; reading++)
                readings[reading] = random.NextOpen();
            Array.Sort(readings);
            dips[sample] = DipTest.Dip(readings);
        }

        Array.Sort(dips);
        return dips;
    }
}
