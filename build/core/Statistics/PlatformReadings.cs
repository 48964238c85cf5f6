using SyscallBench.Model;

namespace SyscallBench.Statistics;

/// <summary>
/// All samples of a platform, sorted into the regions they time. One pass; what it keeps grows with the distinct readings, not with the rounds.
/// </summary>
internal sealed class PlatformReadings
{
    private readonly Dictionary<Call, RegionReadings> _regions = Enum.GetValues<Call>().ToDictionary(call => call, _ => new RegionReadings());
    private readonly Dictionary<Call, RegionReadings> _net = new() { [Call.Fcall] = new(), [Call.Scall] = new() };

    /// <summary>Calls in each timed loop, the same in every boot; 0 without a sample.</summary>
    public long Iterations { get; private set; }

    /// <inheritdoc cref="Sample.PerCall"/>
    public bool PerCall { get; private set; }

    public int Boots { get; private set; }

    public long Samples { get; private set; }

    public RoundTrend Trend { get; } = new();

    /// <summary>The region's own clock differences.</summary>
    public RegionReadings Of(Call call) => _regions[call];

    /// <summary>The differences less those of the empty loop of the same round; null for what has none.</summary>
    public RegionReadings? NetOf(Call call) => PerCall ? null : _net.GetValueOrDefault(call);

    /// <param name="samples">Boot by boot.</param>
    /// <param name="source">What messages name when boots differ in their parameters.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UserError">Boots of different iterations, which no average may mix.</exception>
    public static PlatformReadings Read(IEnumerable<Sample> samples, string source, CancellationToken cancellation = default)
    {
        var readings = new PlatformReadings();
        int? boot = null;
        foreach (var sample in samples)
        {
            if (sample.Boot != boot)
            {
                cancellation.ThrowIfCancellationRequested();
                readings.EndBoot();
                boot = sample.Boot;
                readings.Boots++;
            }

            readings.Add(sample, source);
        }

        readings.EndBoot();
        return readings;
    }

    private void Add(Sample sample, string source)
    {
        if (Samples++ == 0)
        {
            (Iterations, PerCall) = (sample.Iterations, sample.PerCall);
        }
        else if (sample.Iterations != Iterations || sample.PerCall != PerCall)
        {
            throw new UserError(
                $"{source}: boot {sample.Boot} has {sample.Iterations} iterations a round, those before {Iterations}: run --target=Run again");
        }

        _regions[Call.Tsc].Add(sample.Tsc, sample.TscDisturbed);
        _regions[Call.Scall].Add(sample.Scall, sample.ScallDisturbed);
        _regions[Call.Fcall].Add(sample.Fcall, sample.FcallDisturbed);
        if (sample.ScallDisturbed == Disturbance.None)
        {
            Trend.Add(sample.Round, sample.Scall);
        }

        if (!PerCall)
        {
            _regions[Call.Empty].Add(sample.Empty, sample.EmptyDisturbed);
            _net[Call.Scall].Add(sample.Scall - sample.Empty, sample.ScallDisturbed | sample.EmptyDisturbed);
            _net[Call.Fcall].Add(sample.Fcall - sample.Empty, sample.FcallDisturbed | sample.EmptyDisturbed);
        }
    }

    private void EndBoot()
    {
        if (Boots == 0)
        {
            return;
        }

        foreach (var region in _regions.Values.Concat(_net.Values))
        {
            region.EndBoot();
        }
    }
}
