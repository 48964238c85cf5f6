using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

/// <summary>Samples of one made-up platform, and the rows that follow from them. Costs are per call, with the loop.</summary>
internal sealed record SamplePlatform(string Name, int Boots, long Iterations, double Tsc, double Empty, double Scall, double Fcall)
{
    /// <summary>Standard deviation of a call's cost between rounds.</summary>
    public double Noise { get; init; }

    public IReadOnlyList<Sample> Samples(int rounds)
    {
        var random = new Random(1);
        return
        [
            .. from boot in Enumerable.Range(0, Boots)
               from round in Enumerable.Range(0, rounds)
               select new Sample(boot, round, Iterations, (long)Tsc, Ticks(random, Empty, 0.01), Ticks(random, Scall, 1), Ticks(random, Fcall, 0.05))
               {
                   ScallDisturbed = boot == 1 && round == 7 ? Disturbance.Interrupt : Disturbance.None,
               },
        ];
    }

    public IEnumerable<ResultRow> Rows(IReadOnlyList<Sample> samples, Unit unit, long? khz)
    {
        var clean = samples.Where(sample => sample.ScallDisturbed == Disturbance.None).ToList();
        var empty = Ordered(samples, sample => (sample.Empty - Tsc) / Iterations);
        yield return Row(Call.Tsc, Ordered(samples, sample => sample.Tsc), null);
        yield return Row(Call.Empty, empty, null);
        yield return Row(Call.Fcall, Ordered(samples, sample => (sample.Fcall - Tsc) / Iterations), Quantile(empty, 0.5));
        yield return Row(Call.Scall, Ordered(clean, sample => (sample.Scall - Tsc) / Iterations), Quantile(empty, 0.5)) with
        {
            Disturbed = samples.Count - clean.Count,
            DisturbedBy = new DisturbedBy(samples.Count - clean.Count, 0, 0, null, 0),
        };

        ResultRow Row(Call call, double[] values, double? loop)
        {
            var median = Quantile(values, 0.5);
            var ci = new Interval(Quantile(values, 0.45), Quantile(values, 0.55));
            return new ResultRow
            {
                Platform = Name,
                Call = call,
                Status = RowStatus.Measured,
                Unit = unit,
                Boots = Boots,
                Samples = values.Length,
                Mean = values.Average(),
                Median = median,
                Q1 = Quantile(values, 0.25),
                Q3 = Quantile(values, 0.75),
                Min = values[0],
                Max = values[^1],
                Ci95 = ci,
                Net = loop is { } less ? new NetCost(median - less, new Interval(ci.Low - less, ci.High - less)) : null,
                Outliers = new OutlierCount(0, 0),
                Nanoseconds = khz is { } clock
                    ? new Nanoseconds(values.Average() * 1e6 / clock, median * 1e6 / clock, Quantile(values, 0.25) * 1e6 / clock, Quantile(values, 0.75) * 1e6 / clock)
                    : null,
            };
        }
    }

    private static double[] Ordered(IEnumerable<Sample> samples, Func<Sample, double> cost) => [.. samples.Select(cost).Order()];

    private static double Quantile(double[] ordered, double p)
    {
        var position = p * (ordered.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + ((position - below) * (ordered[above] - ordered[below]));
    }

    private long Ticks(Random random, double cost, double share)
    {
        // Box and Muller, with one round in fifty far out.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var far = random.Next(50) == 0 ? 6 : 1;
        return (long)Math.Round(((cost + (Noise * share * far * normal)) * Iterations) + Tsc);
    }
}
