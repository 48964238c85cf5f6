using System.Diagnostics;
using System.Runtime.InteropServices;

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

    /// <summary>Measures the frequency, for machines whose CPUID does not know it.</summary>
    /// <param name="duration">How long to wait between the two readings: see <see cref="Khz"/>.</param>
    /// <returns>Kilohertz; null where the TSC cannot be read.</returns>
    public static long? MeasureKhz(TimeSpan duration)
    {
        using var span = Start();
        if (span is null)
            return null;
        Thread.Sleep(duration);
        return span.Khz();
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

/// <summary>A few machine instructions that can be called: for what neither .NET nor the C library has a function.</summary>
internal sealed partial class NativeCode : IDisposable
{
    private const int PageSize = 4096;
    private const int Read = 1;
    private const int Write = 2;
    private const int Execute = 4;
    private const int PrivateAnonymous = 0x22;

    private NativeCode(nint address)
    {
        Address = address;
    }

    /// <summary>Of the first instruction, at the start of a page.</summary>
    public nint Address { get; }

    /// <summary>Null where this is no x86-64, or the machine lets no program make code (SELinux, for example).</summary>
    /// <param name="instructions">At most a page.</param>
    public static NativeCode? TryMake(ReadOnlySpan<byte> instructions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instructions.Length, PageSize);
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return null;
        var page = Map(0, PageSize, Read | Write, PrivateAnonymous, -1, 0);
        if (page == -1)
            return null;

        // Never writable and executable at once.
        Marshal.Copy(instructions.ToArray(), 0, page, instructions.Length);
        if (Protect(page, PageSize, Read | Execute) == 0)
            return new NativeCode(page);
        _ = Unmap(page, PageSize);
        return null;
    }

    public void Dispose() => _ = Unmap(Address, PageSize);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
