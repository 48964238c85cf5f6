namespace SyscallBench.Reports;

/// <summary>
/// How samples spread over a range: a histogram smoothed with a Gaussian whose width follows Silverman's rule (B. W. Silverman, "Density Estimation for
/// Statistics and Data Analysis", 1986, equation 3.31). Memory does not grow with the number of samples.
/// </summary>
public sealed class Density
{
    private const int Bins = 256;

    private readonly double[] _counts = new double[Bins];
    private readonly double _low;
    private readonly double _width;

    public Density(double low, double high)
    {
        _low = low;
        _width = (high - low) / Bins;
    }

    /// <summary>Samples inside the range.</summary>
    public long Inside { get; private set; }

    /// <summary>Samples outside the range; they shape nothing and have to be told.</summary>
    public long Outside { get; private set; }

    public void Add(double value)
    {
        var bin = (value - _low) / _width;
        if (bin < 0 || bin > Bins)
        {
            Outside++;
            return;
        }

        _counts[Math.Min((int)bin, Bins - 1)]++;
        Inside++;
    }

    /// <summary>Points of the curve, scaled so that its peak is one.</summary>
    /// <param name="spread">Quartile distance of the samples.</param>
    public IReadOnlyList<(double Value, double Height)> Curve(double spread)
    {
        var bandwidth = Math.Max(0.9 * spread / 1.34 * Math.Pow(Math.Max(1, Inside), -0.2), _width);
        var reach = (int)Math.Ceiling(3 * bandwidth / _width);
        var heights = Enumerable.Range(0, Bins).Select(bin => Smooth(bin, reach, bandwidth / _width)).ToArray();
        var peak = heights.Max();
        return [.. heights.Select((height, bin) => (_low + ((bin + 0.5) * _width), peak > 0 ? height / peak : 0))];
    }

    private double Smooth(int centre, int reach, double bandwidth)
    {
        var sum = 0.0;
        for (var bin = Math.Max(0, centre - reach); bin <= Math.Min(Bins - 1, centre + reach); bin++)
        {
            var distance = (bin - centre) / bandwidth;
            sum += _counts[bin] * Math.Exp(-0.5 * distance * distance);
        }

        return sum;
    }
}
