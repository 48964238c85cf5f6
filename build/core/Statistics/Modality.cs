namespace SyscallBench.Statistics;

/// <summary>
/// Whether readings pile up in several places. Two signs, either is enough: the modal value ("mvalue") of Gregg, "Frequency Trails: Modes and
/// Modality" (2015), which is the sum of all steps of a histogram over its highest bin, 2 for one hill and 4 for two of the same height; and a gap in
/// the histogram with a good part of the readings on either side, since a small hill far away hardly moves the modal value.
/// </summary>
/// <param name="Mvalue">The modal value.</param>
/// <param name="HasGap">A gap divides the readings.</param>
public sealed record Modality(double Mvalue, bool HasGap)
{
    /// <summary>Readings that it takes to say anything.</summary>
    public const int FewestReadings = 30;

    // Gregg suggests 2.4; this is BenchmarkDotNet's first threshold. In simulations of 30 to 2000 normal readings 1 % reach it.
    private const double SeveralModes = 2.8;

    // Modes nearer to each other than this part of the median are one for whoever reads the number.
    private const double LeastWidth = 0.005;

    // Bins with less than this part of the highest are noise or outliers, which are counted elsewhere.
    private const double LeastBin = 0.1;

    // Bins from one side of a gap to the other, and the part of the readings that has to be on either side.
    private const int GapWidth = 3;
    private const double GapShare = 0.1;

    public bool IsSeveral => HasGap || Mvalue >= SeveralModes;

    /// <returns>Null where the readings are too few, or all in one place.</returns>
    public static Modality? Of(Tally readings)
    {
        var width = readings.Count < FewestReadings ? 0 : Width(readings);
        if (width <= 0)
        {
            return null;
        }

        var bins = Histogram(readings, width);
        var highest = bins.Max(bin => bin.Count);
        bins.RemoveAll(bin => bin.Count < LeastBin * highest);
        return new Modality((double)Steps(bins) / highest, IsDivided(bins));
    }

    // Freedman and Diaconis, "On the Histogram as a Density Estimator" (1981): twice the interquartile range over the cube root of the count.
    private static double Width(Tally readings)
    {
        var range = Quantile.Type7(readings, 0.75) - Quantile.Type7(readings, 0.25);
        return Math.Max(2 * range / Math.Cbrt(readings.Count), LeastWidth * Math.Abs(Quantile.Type7(readings, 0.5)));
    }

    // Bins that hold something, rising.
    private static List<Bin> Histogram(Tally readings, double width)
    {
        var bins = new List<Bin>();
        foreach (var (value, count) in readings.Entries())
        {
            var place = Math.Floor((value - readings.Min) / width);
            if (bins.Count == 0 || bins[^1].Place != place)
            {
                bins.Add(new Bin(place, 0));
            }

            bins[^1] = new Bin(place, bins[^1].Count + count);
        }

        return bins;
    }

    private static long Steps(List<Bin> bins)
    {
        var steps = 0L;
        var previous = new Bin(double.NegativeInfinity, 0);
        foreach (var bin in bins)
        {
            steps += bin.Place - previous.Place > 1 ? previous.Count + bin.Count : Math.Abs(bin.Count - previous.Count);
            previous = bin;
        }

        return steps + previous.Count;
    }

    private static bool IsDivided(List<Bin> bins)
    {
        var whole = bins.Sum(bin => bin.Count);
        var below = 0L;
        return bins.Zip(bins.Skip(1)).Any(pair =>
        {
            below += pair.First.Count;
            return pair.Second.Place - pair.First.Place >= GapWidth && Math.Min(below, whole - below) >= GapShare * whole;
        });
    }

    private readonly record struct Bin(double Place, long Count);
}
