using MathNet.Numerics.Statistics;
using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

/// <summary>
/// Expected values are numpy's: its own steps (rank (n - 1) q, then a lerp from the nearer end), done in Python's floats, printed by repr.
/// </summary>
public sealed class QuantileTests
{
    private static readonly double[] _probabilities = [0.0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1.0];

    public static TheoryData<string, double[], double[]> Expectations => new()
    {
        { "1", [70.1], [70.1, 70.1, 70.1, 70.1, 70.1, 70.1, 70.1, 70.1, 70.1] },
        { "2", [222.3, 154.7], [154.7, 156.39, 161.45999999999998, 171.6, 188.5, 205.4, 215.54000000000002, 220.61, 222.3] },
        { "3", [0.1, 0.3, 0.2], [0.1, 0.10500000000000001, 0.12000000000000001, 0.15000000000000002, 0.2, 0.25, 0.28, 0.295, 0.3] },
        { "3 with ties", [4.1, 4.1, 4.7], [4.1, 4.1, 4.1, 4.1, 4.1, 4.4, 4.58, 4.67, 4.7] },
        {
            "10",
            [61.67, 42.78, 23.33, 1.11, 70.62, 70.94, 69.52, 4.06, 153.75, 84.0],
            [1.11, 1.77375, 3.7649999999999997, 28.1925, 65.595, 70.86, 90.97499999999998, 138.05625000000003, 153.75]
        },
        {
            "10 with ties",
            [68.1, 70.3, 70.3, 68.1, 72.9, 70.3, 70.3, 74.2, 68.1, 70.3],
            [68.1, 68.1, 68.1, 68.64999999999999, 70.3, 70.3, 73.03, 73.9075, 74.2]
        },
        {
            "10000",
            [.. Enumerable.Range(0, 10_000).Select(index => index * 7919L % 10_007 / 7.0)],
            [
                0.0, 35.71071428571429, 142.9857142857143, 357.39285714285717, 714.9285714285714, 1072.1785714285713, 1286.5857142857144,
                1393.7178571428572, 1429.4285714285713,
            ]
        },
        {
            "10000 with ties",
            [.. Enumerable.Range(0, 10_000).Select(index => index * 31 % 97 / 10.0)],
            [0.0, 0.2, 0.9, 2.4, 4.8, 7.2, 8.7, 9.4, 9.6]
        },
    };

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Should_Agree_With_Numpy_To_The_Last_Digit(string samples, double[] readings, double[] expected)
    {
        Assert.NotNull(samples);
        var sorted = readings.Order().ToArray();

        Assert.Equal(expected, _probabilities.Select(probability => Quantile.Type7(sorted, probability)));
    }

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Should_Agree_With_MathNet_But_For_Rounding(string samples, double[] readings, double[] expected)
    {
        Assert.NotNull(samples);
        foreach (var (probability, value) in _probabilities.Zip(expected))
        {
            Assert.Equal(value, readings.QuantileCustom(probability, QuantileDefinition.R7), 9);
        }
    }
}
