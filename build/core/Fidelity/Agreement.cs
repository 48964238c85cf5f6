using MathNet.Numerics.Random;
using SyscallBench.Statistics;

namespace SyscallBench.Fidelity;

/// <summary>Whether two measurements of the same thing agree, by the interval of their difference: too little data never passes.</summary>
/// <param name="Reference">What ours is held against, in the same unit.</param>
/// <param name="Difference95">95 % interval of ours less the reference, as a fraction of the reference.</param>
/// <param name="Limit">Largest difference that passes, as a fraction.</param>
public sealed record Agreement(double Reference, double Ours, Interval Difference95, double Limit)
{
    private const int Seed = 1;

    /// <summary>How far ours is from the reference, as a fraction of it.</summary>
    public double Difference => (Ours - Reference) / Reference;

    /// <summary>The whole interval is within the limit.</summary>
    public bool Agrees => Math.Max(Math.Abs(Difference95.Low), Math.Abs(Difference95.High)) <= Limit;

    /// <summary>The whole interval is beyond the limit; where neither is the case, more data would tell.</summary>
    public bool Differs => Difference95.Low > Limit || Difference95.High < -Limit;

    public string Describe() => FormattableString.Invariant(
        $"difference {Percent(Difference)} [{Percent(Difference95.Low)}, {Percent(Difference95.High)}], {(Agrees ? "ok" : Differs ? "differs" : "not decided")} (limit {Limit * 100:0.#} %)");

    /// <summary>A signed percentage; a difference of nothing has no sign.</summary>
    public static string Percent(double fraction) => fraction == 0 ? "0.0 %" : (fraction * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";

    /// <param name="reference">Runs of the reference, each on its own; at least two.</param>
    /// <param name="probability">The quantile that is compared: 0.5 for medians, less where whatever else runs only adds.</param>
    public static Agreement Of(IReadOnlyList<double> reference, IReadOnlyList<double> ours, double probability, double limit)
    {
        var random = new Xoshiro256StarStar(Seed, threadSafe: false);
        var differences = Enumerable.Range(0, Bootstrap.Resamples).Select(_ => Fraction(Quantile(Resample(reference)), Quantile(Resample(ours)))).ToList();
        return new Agreement(Quantile(reference), Quantile(ours), Bootstrap.Percentile(differences), limit);

        double[] Resample(IReadOnlyList<double> runs) => [.. runs.Select(_ => runs[(int)(random.NextDouble() * runs.Count)])];

        double Quantile(IReadOnlyList<double> runs) => Statistics.Quantile.Type7(runs.Order().ToArray(), probability);

        static double Fraction(double before, double after) => (after - before) / before;
    }
}
