using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SyscallBench.Machine;

/// <summary>A stretch of time measured by the TSC and by the kernel's monotonic clock, which together give the TSC's frequency.</summary>
public sealed partial class TscSpan
{
    private const double NanosecondsPerMillisecond = 1_000_000;
    private const double NanosecondsPerSecond = 1e9;

    private static readonly nint _readTsc = MakeReadTsc();

    private readonly Reading _start = ReadBoth();

    private TscSpan()
    {
    }

    /// <summary>Begins now.</summary>
    /// <returns>Null where the TSC cannot be read.</returns>
    public static TscSpan? Start() => _readTsc == 0 ? null : new TscSpan();

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

    /// <summary>Measures the frequency, for machines whose CPUID does not know it.</summary>
    /// <param name="duration">How long to wait between the two readings: see <see cref="Khz"/>.</param>
    /// <returns>Kilohertz; null where the TSC cannot be read.</returns>
    public static long? MeasureKhz(TimeSpan duration)
    {
        var span = Start();
        Thread.Sleep(duration);
        return span?.Khz();
    }

    // An interrupt between the two reads would set them apart: the closest pair of some is taken.
    private static Reading ReadBoth()
    {
        const int Attempts = 20;
        return Enumerable.Range(0, Attempts).Select(_ => ReadOnce()).MinBy(reading => reading.Width)!;
    }

    private static unsafe Reading ReadOnce()
    {
        var readTsc = (delegate* unmanaged<ulong>)_readTsc;
        var before = Stopwatch.GetTimestamp();
        var tsc = readTsc();
        var after = Stopwatch.GetTimestamp();
        return new Reading(tsc, (before + ((after - before) / 2.0)) * (NanosecondsPerSecond / Stopwatch.Frequency), after - before);
    }

    /// <summary>The address of a function that neither .NET nor the C library has; 0 where this is no x86-64, or the machine lets no program make code (SELinux, for example).</summary>
    private static nint MakeReadTsc()
    {
        const int PageSize = 4096, Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22;
        byte[] code = [0x0f, 0x31, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x09, 0xd0, 0xc3]; // rdtsc; shl rdx, 32; or rax, rdx; ret
        var page = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Map(0, PageSize, Read | Write, PrivateAnonymous, -1, 0) : -1;
        if (page == -1)
            return 0;

        // Never writable and executable at once. The page stays as long as the program.
        Marshal.Copy(code, 0, page, code.Length);
        return Protect(page, PageSize, Read | Execute) == 0 ? page : 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    private sealed record Reading(ulong Tsc, double Nanoseconds, long Width);
}
