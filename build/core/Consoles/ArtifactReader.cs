using System.Text.RegularExpressions;

namespace SyscallBench.Consoles;

/// <summary>
/// Reads the EuroSys'21 artifact's lines: <c>tsc&lt;TAB&gt;70</c> (left out where it is 0), <c>scall&lt;TAB&gt;222.000</c>,
/// <c>fcall&lt;TAB&gt;4.000</c>, in this order in every round. The values are per call already and keep all their decimals.
/// </summary>
internal sealed partial class ArtifactReader(int boot)
{
    // A wrapped difference of the clock is far above, even divided by a thousand million calls.
    private const double MostPerCall = 1e9;

    private readonly List<Sample> _samples = [];
    private readonly Dictionary<string, double?> _round = new(StringComparer.Ordinal);

    /// <summary>Rounds that came whole and have sensible values.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    public int Rounds { get; private set; }

    /// <summary>Rounds that the program said it would print; null where it did not say.</summary>
    public long? Announced { get; private set; }

    /// <returns>Why a line that looks like a value is not used; null when it is, or is no such line at all.</returns>
    public string? Read(string line)
    {
        if (Announcement().Match(line) is { Success: true } announced)
            Announced = long.Parse(announced.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

        if (Value().Match(line) is not { Success: true } match)
            return null;

        var name = match.Groups[1].Value;
        var cut = name switch
        {
            "tsc" when _round.Count > 0 => "tsc begins a round before the last one was whole",
            "scall" when _round.ContainsKey("scall") => "scall is there twice in a round",
            "fcall" when !_round.ContainsKey("scall") => "fcall without its scall: the round is cut",
            _ => null,
        };
        if (cut is not null)
            _round.Clear();
        if (cut is not null && name == "fcall")
            return cut;

        // A value that is none costs its round, which is there all the same.
        double? value = double.TryParse(match.Groups[2].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= MostPerCall ? number : null;
        _round[name] = value;
        if (name == "fcall")
            EndRound();
        return cut ?? (value is null ? $"a round is left out: {name} is {SafeText.Escape(match.Groups[2].Value, 40)}, which no call costs" : null);
    }

    private void EndRound()
    {
        // Per-call values come with the clock's cost subtracted by who printed them, so zero is possible and no fault.
        if (_round.Values.All(value => value is not null))
        {
            _samples.Add(new Sample(boot, Rounds, 1, _round.GetValueOrDefault("tsc") ?? 0, 0, _round["scall"]!.Value, _round["fcall"]!.Value)
            {
                PerCall = true,
                TscDisturbed = _round.ContainsKey("tsc") ? Disturbance.None : Disturbance.Clock,
            });
        }

        Rounds++;
        _round.Clear();
    }

    [GeneratedRegex(@"^CONFIG_NB_ROUNDS=([0-9]{1,9}) *$")]
    private static partial Regex Announcement();

    [GeneratedRegex(@"^(tsc|scall|fcall)\t(.*?) *$")]
    private static partial Regex Value();
}
