using MathNet.Numerics;

namespace SyscallBench.Statistics;

/// <summary>Draws from binomial distributions in constant time. (MathNet.Numerics tosses one coin per trial.)</summary>
internal static class Binomial
{
    // Below this expectation inversion is faster, and transformed rejection not valid (Hörmann, below).
    private const double LeastExpectation = 10;

    /// <summary>How many of <paramref name="trials"/> succeed, each with <paramref name="probability"/>.</summary>
    public static long Draw(Xoshiro256 random, long trials, double probability)
    {
        if (trials <= 0 || probability <= 0)
        {
            return 0;
        }

        if (probability >= 1)
        {
            return trials;
        }

        if (probability > 0.5)
        {
            return trials - Draw(random, trials, 1 - probability);
        }

        return trials * probability < LeastExpectation ? Invert(random, trials, probability) : Reject(random, trials, probability);
    }

    // Walks up the distribution function (Devroye, "Non-Uniform Random Variate Generation", 1986, X.4.3).
    private static long Invert(Xoshiro256 random, long trials, double probability)
    {
        var odds = probability / (1 - probability);
        var mass = Math.Exp(trials * Math.Log(1 - probability));
        var left = random.NextDouble();
        var successes = 0L;
        while (left > mass && successes < trials)
        {
            left -= mass;
            successes++;
            mass *= odds * (trials - successes + 1) / successes;
        }

        return successes;
    }

    // Transformed rejection, algorithm BTRD without its table (Hörmann, "The Generation of Binomial Random Variates", Journal of Statistical Computation and Simulation 46, 1993).
    private static long Reject(Xoshiro256 random, long trials, double probability)
    {
        var deviation = Math.Sqrt(trials * probability * (1 - probability));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * probability);
        var c = (trials * probability) + 0.5;
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var squeeze = 0.92 - (4.2 / b);
        var mode = (long)Math.Floor((trials + 1) * probability);
        while (true)
        {
            var v = random.NextDouble();
            var u = random.NextDouble() - 0.5;
            var distance = 0.5 - Math.Abs(u);
            var successes = (long)Math.Floor((((2 * a / distance) + b) * u) + c);
            if (distance >= 0.07 && v <= squeeze)
            {
                return successes;
            }

            if (successes < 0 || successes > trials)
            {
                continue;
            }

            var bound = Math.Log(v * alpha / ((a / (distance * distance)) + b));
            if (bound <= LogMass(trials, successes, probability) - LogMass(trials, mode, probability))
            {
                return successes;
            }
        }
    }

    private static double LogMass(long trials, long successes, double probability)
        => (successes * Math.Log(probability)) + ((trials - successes) * Math.Log(1 - probability))
            - SpecialFunctions.GammaLn(successes + 1.0) - SpecialFunctions.GammaLn(trials - successes + 1.0);
}
