using MathNet.Numerics.Statistics;

namespace SyscallBench.Statistics;

/// <summary>
/// How much of the spread is between boots and how much within them: one-way random effects by the method of moments (Searle, Casella and McCulloch,
/// "Variance Components", 1992, section 3.6). Boots may have different numbers of rounds.
/// </summary>
/// <param name="Between">Variance of the boots' true levels; never below zero.</param>
/// <param name="Within">Variance of a round around its boot's level.</param>
/// <param name="Boots">Boots that this comes from.</param>
/// <param name="Rounds">Rounds per boot, on average.</param>
public sealed record VarianceComponents(double Between, double Within, int Boots, double Rounds)
{
    private const int MoreBoots = 3;
    private const int MoreRounds = 30;

    /// <summary>More boots would narrow the interval more than more rounds.</summary>
    public bool AreBootsWorthMore => VarianceOfMean(Boots + MoreBoots, Rounds) <= VarianceOfMean(Boots, Rounds + MoreRounds);

    /// <summary>What would narrow the interval most, in words.</summary>
    public string Advice => AreBootsWorthMore
        ? $"{MoreBoots} more boots narrow this more than {MoreRounds} more rounds: raise --runs"
        : $"{MoreRounds} more rounds narrow this more than {MoreBoots} more boots: raise --rounds";

    /// <returns>Null with fewer than two boots, or with one round in each: the two cannot be told apart.</returns>
    public static VarianceComponents? Of(IReadOnlyList<double[]> boots)
    {
        var count = (double)boots.Sum(boot => boot.Length);
        if (boots.Count < 2 || count <= boots.Count)
            return null;

        var mean = boots.Sum(boot => boot.Length * boot.Mean()) / count;
        var within = boots.Sum(boot => boot.Length * boot.PopulationVariance()) / (count - boots.Count);
        var between = boots.Sum(boot => boot.Length * Square(boot.Mean() - mean)) / (boots.Count - 1);
        var size = (count - (boots.Sum(boot => Square(boot.Length)) / count)) / (boots.Count - 1);
        return new VarianceComponents(Math.Max(0, (between - within) / size), within, boots.Count, count / boots.Count);
    }

    private static double Square(double value) => value * value;

    private double VarianceOfMean(int boots, double rounds) => (Between / boots) + (Within / (boots * rounds));
}
