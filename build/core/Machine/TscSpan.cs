using System.Diagnostics;

namespace SyscallBench.Machine;

/// <summary>A stretch of time measured by the TSC and by the kernel's monotonic clock, which together give the TSC's frequency.</summary>
public sealed class TscSpan : IDisposable
{
    private const double NanosecondsPerMillisecond = 1_000_000;
    private const double NanosecondsPerSecond = 1e9;

    // rdtsc; shl rdx, 32; or rax, rdx; ret
    private static ReadOnlySpan<byte> ReadTsc => [0x0f, 0x31, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x09, 0xd0, 0xc3];

    private readonly NativeCode _code;
    private readonly Reading _start;

    private TscSpan(NativeCode code)
    {
        _code = code;
        _start = ReadBoth();
    }

    /// <summary>Begins now.</summary>
    /// <returns>Null where the TSC cannot be read.</returns>
    public static TscSpan? Start() => NativeCode.TryMake(ReadTsc) is { } code ? new TscSpan(code) : null;

    /// <summary>
    /// The frequency in kHz over the time since the start. Both clocks' readings at the ends are a fraction of a microsecond apart, so 200 ms are
    /// good for a few parts per million, and 10 ms for a hundred.
    /// </summary>
    /// <returns>Null where the TSC did not advance.</returns>
    public long? Khz()
    {
        var end = ReadBoth();
        return end.Tsc > _start.Tsc
            ? (long)Math.Round((end.Tsc - _start.Tsc) * NanosecondsPerMillisecond / (end.Nanoseconds - _start.Nanoseconds))
            : null;
    }

    public void Dispose() => _code.Dispose();

    // An interrupt between the two reads would set them apart: the closest pair of some is taken.
    private Reading ReadBoth()
    {
        const int Attempts = 20;
        return Enumerable.Range(0, Attempts).Select(_ => ReadOnce()).MinBy(reading => reading.Width)!;
    }

    private unsafe Reading ReadOnce()
    {
        var readTsc = (delegate* unmanaged<ulong>)_code.Address;
        var before = Stopwatch.GetTimestamp();
        var tsc = readTsc();
        var after = Stopwatch.GetTimestamp();
        return new Reading(tsc, (before + ((after - before) / 2.0)) * (NanosecondsPerSecond / Stopwatch.Frequency), after - before);
    }

    private sealed record Reading(ulong Tsc, double Nanoseconds, long Width);
}
