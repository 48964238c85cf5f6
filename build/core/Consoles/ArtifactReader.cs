using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>
/// Reads the EuroSys'21 artifact's lines: <c>tsc&lt;TAB&gt;70</c> (left out where it is 0), <c>scall&lt;TAB&gt;222.000</c>,
/// <c>fcall&lt;TAB&gt;4.000</c>, in this order in every round. The values are per call already and keep all their decimals, as multiples of a
/// millionth.
/// </summary>
internal sealed class ArtifactReader(int boot, Action<Sample> take)
{
    private long? _tsc;
    private long? _scall;

    public int Rounds { get; private set; }

    /// <summary>Rounds that the program said it would print; null where it did not say.</summary>
    public long? Announced { get; private set; }

    private static ReadOnlySpan<byte> Announcement => "CONFIG_NB_ROUNDS="u8;

    /// <returns>Why a line that looks like a value is none; null when it is taken, or is no such line at all.</returns>
    public string? Read(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Announcement) && Digits.TryParse(line[Announcement.Length..].TrimEnd((byte)' '), out var announced))
        {
            Announced = announced;
        }

        var tab = line.IndexOf((byte)'\t');
        if (tab is not (3 or 5))
        {
            return null;
        }

        var value = line[(tab + 1)..].TrimEnd((byte)' ');
        return line[..tab] switch
        {
            var name when name.SequenceEqual("tsc"u8) => TakeTsc(value),
            var name when name.SequenceEqual("scall"u8) => TakeScall(value),
            var name when name.SequenceEqual("fcall"u8) => TakeFcall(value),
            _ => null,
        };
    }

    private string? TakeTsc(ReadOnlySpan<byte> value)
    {
        var isCut = _tsc is not null || _scall is not null;
        _scall = null;
        _tsc = Digits.TryParse(value, out var tsc) ? tsc : null;
        return _tsc is null ? "tsc is no number" : isCut ? "tsc begins a round before the last one was whole" : null;
    }

    private string? TakeScall(ReadOnlySpan<byte> value)
    {
        var isCut = _scall is not null;
        _scall = FixedPoint.TryParse(value, out var scall) ? scall : null;
        return _scall is null ? "scall is no number" : isCut ? "scall is there twice in a round" : null;
    }

    private string? TakeFcall(ReadOnlySpan<byte> value)
    {
        var (tsc, scall) = (_tsc, _scall);
        (_tsc, _scall) = (null, null);
        if (!FixedPoint.TryParse(value, out var fcall))
        {
            return "fcall is no number";
        }

        if (scall is null)
        {
            return "fcall without its scall: the round is cut";
        }

        // Per-call values come with the clock's cost subtracted by who printed them, so zero is possible and no fault.
        take(new Sample(boot, Rounds++, FixedPoint.One, tsc ?? 0, 0, scall.Value, fcall)
        {
            PerCall = true,
            TscDisturbed = tsc is null ? Disturbance.Clock : Disturbance.None,
        });
        return null;
    }
}
