namespace SyscallBench.Statistics;

/// <summary>
/// Whether readings pile up in several places. Two signs, either is enough: the dip (<see cref="DipTest"/>), which needs no histogram but a number of independent readings;
/// and a gap that nobody can overlook, which three boots at two levels have, although three levels prove nothing.
/// </summary>
/// <param name="Dip">How far the readings are from a single mode.</param>
/// <param name="Limit">What the dip of a single mode stays below.</param>
/// <param name="HasGap">A gap divides the readings.</param>
/// <param name="Low">Median of the lower group, where the readings are divided in two as well as they can be.</param>
/// <param name="High">Median of the upper group.</param>
/// <param name="LowShare">The lower group's part of all readings.</param>
public sealed record Modality(double Dip, double Limit, bool HasGap, double Low, double High, double LowShare)
{
    /// <summary>Readings that it takes to say anything.</summary>
    public const int FewestReadings = 20;

    // What the first and last of so many readings do are outliers, which are counted elsewhere: a single mode without its ends is a single mode.
    private const int Ends = 20;

    // The part of the readings that a group has to have, and the dip that one of this size comes to where there is something between the modes.
    private const double LeastShare = 0.1;
    private const double LeastDip = LeastShare / 4;

    // Below four independent readings, every dip is that of a single mode.
    private const double FewestIndependent = 4;

    // Modes nearer to each other than this part of the median are one for whoever reads the number; a gap has to be ten times that.
    private const double LeastWidth = 0.005;
    private const double LeastGap = 0.05;

    // How much wider than the groups' interquartile ranges the gap between them has to be.
    private const double GapFactor = 3;

    // More readings change the dip of what is sorted already by less than it matters.
    private const int MostPoints = 1000;

    public bool IsSeveral => HasGap || (Dip >= Limit && Dip >= LeastDip);

    /// <returns>Null where the readings are too few, or all in one place.</returns>
    public static Modality? Of(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var readings = series.Pooled;
        if (readings.Count < FewestReadings || Split(readings) is not { } below)
            return null;

        var independent = Independent(series) * (Ends - 2) / Ends;
        return new Modality(
            DipTest.Dip(Points(readings, Width(readings))),
            independent < FewestIndependent ? 1 : DipTest.Critical(independent),
            IsGap(readings, below),
            At(readings, 0, below, 0.5),
            At(readings, below, readings.Count, 0.5),
            (double)below / readings.Count);
    }

    // Readings of a boot resemble each other, and say less than as many boots would: Kish's effective sample size ("Survey Sampling", 1965, section 5.4).
    private static double Independent(Series series) => VarianceComponents.Of(series) is { Between: > 0 } parts
        ? series.Count / (1 + ((parts.Rounds - 1) * parts.Between / (parts.Between + parts.Within)))
        : series.Count;

    // Readings within a width of each other are one place, over which they are spread: the steps of a clock, and counts that repeat exactly, are no modes.
    private static double[] Points(Tally readings, double width)
    {
        var first = readings.Count / Ends;
        var points = new double[(int)Math.Min(readings.Count - (2 * first), MostPoints)];
        var (next, before) = (0, 0L);
        foreach (var place in readings.Entries().GroupBy(entry => Math.Floor(entry.Value / width)))
        {
            var count = place.Sum(entry => entry.Count);
            for (; next < points.Length && Rank(next) < before + count; next++)
                points[next] = width * (place.Key + ((Rank(next) - before) / count));
            before += count;
        }

        return points;

        double Rank(int point) => first + ((point + 0.5) * (readings.Count - (2 * first)) / points.Length);
    }

    private static double Width(Tally readings) => Math.Max(Step(readings), LeastWidth * Math.Abs(readings.At(readings.Count / 2))) is > 0 and var width
        ? width
        : (readings.Max - readings.Min) / MostPoints;

    // What lost its decimals goes in steps of one; every other clock's steps are divided by the iterations, and too small to see.
    private static double Step(Tally readings)
    {
        foreach (var value in readings.Values)
        {
            if (value != Math.Floor(value))
                return 0;
        }

        return 1;
    }

    // How many readings are in the lower of the two groups that differ most for what they vary in themselves (Fisher 1958, "On Grouping for Maximum Homogeneity").
    private static long? Split(Tally readings)
    {
        var mean = readings.Entries().Sum(entry => entry.Value * entry.Count) / readings.Count;
        var (best, between, below, sum) = ((long?)null, 0.0, 0L, 0.0);
        foreach (var (value, count) in readings.Entries())
        {
            below += count;
            sum += (value - mean) * count;
            var above = readings.Count - below;
            if (Math.Min(below, above) >= LeastShare * readings.Count && sum * sum / ((double)below * above) is var apart && apart > between)
                (best, between) = (below, apart);
        }

        return best;
    }

    private static bool IsGap(Tally readings, long below)
    {
        var gap = readings.At(below) - readings.At(below - 1);
        var spread = Math.Max(At(readings, 0, below, 0.75) - At(readings, 0, below, 0.25), At(readings, below, readings.Count, 0.75) - At(readings, below, readings.Count, 0.25));
        return gap >= LeastGap * Math.Abs(readings.At(readings.Count / 2)) && gap >= GapFactor * Math.Max(spread, Step(readings));
    }

    private static double At(Tally readings, long from, long to, double part) => readings.At(from + (long)(part * (to - from - 1)));
}
