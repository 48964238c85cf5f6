using SyscallBench.Samples;

namespace SyscallBench.Protocol;

/// <summary>One round, clock differences in ticks. The only kind that comes in numbers, so it is read without allocating.</summary>
internal readonly record struct RoundRecord(long Number, long Tsc, long Empty, long Scall, long Fcall, int? Interrupted)
{
    private const int AllKeys = 0b11_1111;
    private const long MostInterrupted = 15;

    /// <returns>Why the fields are no round; null when they are one.</returns>
    public static string? TryParse(ReadOnlySpan<byte> fields, out RoundRecord round)
    {
        round = default;
        long number = 0, tsc = 0, empty = 0, scall = 0, fcall = 0, interrupted = 0;
        var seen = 0;
        var visible = true;
        var scanner = new FieldScanner(fields);
        while (scanner.MoveNext())
        {
            var bit = KeyBit(scanner.Key);
            if ((seen & bit) != 0)
            {
                return "a key is there twice";
            }

            seen |= bit;
            var valid = bit switch
            {
                1 => Digits.TryParse(scanner.Value, out number) && number is >= 0 and <= int.MaxValue,
                2 => Digits.TryParse(scanner.Value, out tsc),
                4 => Digits.TryParse(scanner.Value, out empty),
                8 => Digits.TryParse(scanner.Value, out scall),
                16 => Digits.TryParse(scanner.Value, out fcall),
                32 when scanner.Value.SequenceEqual("-"u8) => !(visible = false),
                32 => Digits.TryParse(scanner.Value, out interrupted) && interrupted is >= 0 and <= MostInterrupted,
                _ => true,
            };
            if (!valid)
            {
                return "a value of the round is malformed";
            }
        }

        if (scanner.IsMalformed || seen != AllKeys)
        {
            return scanner.IsMalformed ? "a field is no key=value" : "a key of the round is missing";
        }

        round = new RoundRecord(number, tsc, empty, scall, fcall, visible ? (int)interrupted : null);
        return null;
    }

    public Sample ToSample(int boot, long iterations) => new(boot, (int)Number, iterations, Tsc, Empty, Scall, Fcall)
    {
        TscSpoilt = SpoiltBy(Tsc, 1),
        EmptySpoilt = SpoiltBy(Empty, 2),
        ScallSpoilt = SpoiltBy(Scall, 4),
        FcallSpoilt = SpoiltBy(Fcall, 8),
    };

    private Spoilt SpoiltBy(long ticks, int bit)
        => (ticks <= 0 ? Spoilt.Clock : Spoilt.None) | (((Interrupted ?? 0) & bit) != 0 ? Spoilt.Interrupt : Spoilt.None);

    // Unknown keys are allowed, and ignored.
    private static int KeyBit(ReadOnlySpan<byte> key) => key switch
    {
        _ when key.SequenceEqual("n"u8) => 1,
        _ when key.SequenceEqual("tsc"u8) => 2,
        _ when key.SequenceEqual("empty"u8) => 4,
        _ when key.SequenceEqual("scall"u8) => 8,
        _ when key.SequenceEqual("fcall"u8) => 16,
        _ when key.SequenceEqual("interrupted"u8) => 32,
        _ => 0,
    };
}
