using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>One round, clock differences in ticks. The only kind that comes in numbers, so it is read without allocating.</summary>
internal readonly record struct RoundRecord(long Number, long Tsc, long Empty, long Scall, long Fcall)
{
    // Those of the first version; what it lacks cannot be known.
    private const int RequiredKeys = 0b11_1111;
    private const long AllRegions = 15;

    /// <summary>Regions that an interrupt came into, as a sum of bits; null where this cannot be seen.</summary>
    public int? Interrupted { get; init; }

    /// <summary>Regions that a context switch came into.</summary>
    /// <inheritdoc cref="Interrupted"/>
    public int? Switched { get; init; }

    /// <summary>Regions that ended on another CPU.</summary>
    /// <inheritdoc cref="Interrupted"/>
    public int? Moved { get; init; }

    /// <summary>Regions of a round in which the CPU was stolen.</summary>
    /// <inheritdoc cref="Interrupted"/>
    public int? Stolen { get; init; }

    /// <summary>The kinds that the program could see.</summary>
    public Disturbance Seen
        => (Interrupted is null ? Disturbance.None : Disturbance.Interrupt)
            | (Switched is null ? Disturbance.None : Disturbance.ContextSwitch)
            | (Moved is null ? Disturbance.None : Disturbance.Migration)
            | (Stolen is null ? Disturbance.None : Disturbance.Steal);

    /// <returns>Why the fields are no round; null when they are one.</returns>
    public static string? TryParse(ReadOnlySpan<byte> fields, out RoundRecord round)
    {
        round = default;
        long number = 0, tsc = 0, empty = 0, scall = 0, fcall = 0;
        int? interrupted = null, switched = null, moved = null, stolen = null;
        var keys = 0;
        var scanner = new FieldScanner(fields);
        while (scanner.MoveNext())
        {
            var bit = KeyBit(scanner.Key);
            if ((keys & bit) != 0)
            {
                return "a key is there twice";
            }

            keys |= bit;
            var valid = bit switch
            {
                1 => Digits.TryParse(scanner.Value, out number) && number is >= 0 and <= int.MaxValue,
                2 => Digits.TryParse(scanner.Value, out tsc),
                4 => Digits.TryParse(scanner.Value, out empty),
                8 => Digits.TryParse(scanner.Value, out scall),
                16 => Digits.TryParse(scanner.Value, out fcall),
                32 => TryParseRegions(scanner.Value, out interrupted),
                64 => TryParseRegions(scanner.Value, out switched),
                128 => TryParseRegions(scanner.Value, out moved),
                256 => TryParseRegions(scanner.Value, out stolen),
                _ => true,
            };
            if (!valid)
            {
                return "a value of the round is malformed";
            }
        }

        if (scanner.IsMalformed || (keys & RequiredKeys) != RequiredKeys)
        {
            return scanner.IsMalformed ? "a field is no key=value" : "a key of the round is missing";
        }

        round = new RoundRecord(number, tsc, empty, scall, fcall)
        {
            Interrupted = interrupted,
            Switched = switched,
            Moved = moved,
            Stolen = stolen,
        };
        return null;
    }

    public Sample ToSample(int boot, long iterations) => new(boot, (int)Number, iterations, Tsc, Empty, Scall, Fcall)
    {
        TscDisturbed = DisturbancesOf(Tsc, 1),
        EmptyDisturbed = DisturbancesOf(Empty, 2),
        ScallDisturbed = DisturbancesOf(Scall, 4),
        FcallDisturbed = DisturbancesOf(Fcall, 8),
    };

    private static bool TryParseRegions(ReadOnlySpan<byte> text, out int? regions)
    {
        regions = null;
        if (text.SequenceEqual("-"u8))
        {
            return true;
        }

        if (!Digits.TryParse(text, out var sum) || sum is < 0 or > AllRegions)
        {
            return false;
        }

        regions = (int)sum;
        return true;
    }

    private Disturbance DisturbancesOf(long ticks, int region)
        => (ticks <= 0 ? Disturbance.Clock : Disturbance.None)
            | ((Interrupted & region) > 0 ? Disturbance.Interrupt : Disturbance.None)
            | ((Switched & region) > 0 ? Disturbance.ContextSwitch : Disturbance.None)
            | ((Moved & region) > 0 ? Disturbance.Migration : Disturbance.None)
            | ((Stolen & region) > 0 ? Disturbance.Steal : Disturbance.None);

    // Unknown keys are allowed, and ignored. By length first, because this is asked for every key of every round.
    private static int KeyBit(ReadOnlySpan<byte> key) => key.Length switch
    {
        1 when key.SequenceEqual("n"u8) => 1,
        3 when key.SequenceEqual("tsc"u8) => 2,
        5 when key.SequenceEqual("empty"u8) => 4,
        5 when key.SequenceEqual("scall"u8) => 8,
        5 when key.SequenceEqual("fcall"u8) => 16,
        5 when key.SequenceEqual("moved"u8) => 128,
        6 when key.SequenceEqual("stolen"u8) => 256,
        8 when key.SequenceEqual("switched"u8) => 64,
        11 when key.SequenceEqual("interrupted"u8) => 32,
        _ => 0,
    };
}
