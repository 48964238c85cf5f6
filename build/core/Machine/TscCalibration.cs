using System.Diagnostics;

namespace SyscallBench.Machine;

/// <summary>Measures the TSC's frequency against the kernel's monotonic clock, for machines whose CPUID does not know it.</summary>
public static class TscCalibration
{
    private const double NanosecondsPerMillisecond = 1_000_000;

    // rdtsc; shl rdx, 32; or rax, rdx; ret
    private static ReadOnlySpan<byte> ReadTsc => [0x0f, 0x31, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x09, 0xd0, 0xc3];

    /// <summary>Both clocks' readings at the ends are a fraction of a microsecond apart, so 200 ms are good for a few parts per million.</summary>
    /// <param name="duration">How long to wait between the two readings.</param>
    /// <returns>Kilohertz; null where the TSC cannot be read.</returns>
    public static long? MeasureKhz(TimeSpan duration)
    {
        using var code = NativeCode.TryMake(ReadTsc);
        if (code is null)
            return null;
        var start = ReadBoth(code);
        Thread.Sleep(duration);
        var end = ReadBoth(code);
        return end.Tsc > start.Tsc ? (long)Math.Round((end.Tsc - start.Tsc) * NanosecondsPerMillisecond / (end.Nanoseconds - start.Nanoseconds)) : null;
    }

    // An interrupt between the two reads would set them apart: the closest pair of some is taken.
    private static Reading ReadBoth(NativeCode code)
    {
        const int Attempts = 20;
        return Enumerable.Range(0, Attempts).Select(_ => ReadOnce(code)).MinBy(reading => reading.Width)!;
    }

    private static unsafe Reading ReadOnce(NativeCode code)
    {
        var readTsc = (delegate* unmanaged<ulong>)code.Address;
        var before = Stopwatch.GetTimestamp();
        var tsc = readTsc();
        var after = Stopwatch.GetTimestamp();
        var perTick = 1e9 / Stopwatch.Frequency;
        return new Reading(tsc, (before + ((after - before) / 2.0)) * perTick, after - before);
    }

    private sealed record Reading(ulong Tsc, double Nanoseconds, long Width);
}
