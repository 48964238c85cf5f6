using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>
/// Whether values rise or fall over time: Spearman's rank correlation with their order (Spearman 1904; its significance by Student's t with n - 2
/// degrees of freedom, Zar, "Biostatistical Analysis", 19.9), and by how much.
/// </summary>
/// <param name="Correlation">From -1, falling all the way, to 1.</param>
/// <param name="Change">Mean of the last third less that of the first, as a part of the mean of all.</param>
public sealed record Drift(double Correlation, double Change)
{
    // With fewer, chance alone is too often in perfect order.
    private const int FewestValues = 6;

    // Chance that the order is an accident, below which drift is reported.
    private const double Significance = 0.01;

    // Smaller changes are not worth a word.
    private const double LeastChange = 0.005;

    /// <returns>Null where nothing significant and large enough is seen.</returns>
    public static Drift? Find(IReadOnlyList<double> values)
    {
        if (values.Count < FewestValues || values.All(value => value == values[0]))
            return null;

        var correlation = MathNet.Numerics.Statistics.Correlation.Spearman(Enumerable.Range(0, values.Count).Select(order => (double)order), values);
        var third = values.Count / 3;
        var level = values.Mean();
        var change = level == 0 ? 0 : (values.TakeLast(third).Mean() - values.Take(third).Mean()) / Math.Abs(level);
        return Chance(correlation, values.Count) < Significance && Math.Abs(change) >= LeastChange ? new Drift(correlation, change) : null;
    }

    private static double Chance(double correlation, int count)
    {
        var unexplained = 1 - (correlation * correlation);
        return unexplained <= 0 ? 0 : 2 * StudentT.CDF(0, 1, count - 2, -Math.Abs(correlation) * Math.Sqrt((count - 2) / unexplained));
    }
}
