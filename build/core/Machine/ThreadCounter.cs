using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SyscallBench.Machine;

/// <summary>What the kernel can count of a thread (perf_event_open(2)).</summary>
public enum ThreadEvent
{
    /// <summary>Cycles of the core, in user mode, in the kernel and in a guest: needs a counter of the CPU, which most virtual machines lack.</summary>
    CoreCycles,

    /// <summary>Nanoseconds that it ran. There is no machine without.</summary>
    TaskClock,
}

/// <summary>A counter on one thread, which can still be read when the thread has ended.</summary>
public sealed partial class ThreadCounter : IDisposable
{
    private const int OpenCall = 298;
    private const nuint CloseOnExec = 8;
    private const int AttributeBytes = 64;

    private readonly SafeFileHandle _handle;

    private ThreadCounter(nint file)
    {
        _handle = new SafeFileHandle(file, ownsHandle: true);
    }

    /// <summary>Begins to count.</summary>
    /// <returns>Null where the CPU has no such counter, or this user may not have it (kernel.perf_event_paranoid).</returns>
    public static ThreadCounter? Open(int thread, ThreadEvent counted)
    {
        // struct perf_event_attr, first version: type, size, config, and at 32 read_format: the value, then the time it was enabled and the time it counted.
        const ulong Times = 1 | 2;
        var (type, config) = counted == ThreadEvent.CoreCycles ? (0, 0) : (1, 1);
        Span<byte> attribute = stackalloc byte[AttributeBytes];
        attribute.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(attribute, type);
        BinaryPrimitives.WriteInt32LittleEndian(attribute[4..], AttributeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(attribute[8..], config);
        BinaryPrimitives.WriteUInt64LittleEndian(attribute[32..], Times);
        var file = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? SystemCall(OpenCall, attribute, thread, -1, -1, CloseOnExec) : -1;
        return file < 0 ? null : new ThreadCounter(file);
    }

    /// <summary>The count in a millisecond of the time that the thread ran and was counted: of core cycles, kHz; null where it never was.</summary>
    public long? PerMillisecond()
    {
        const double Nanoseconds = 1e6;
        Span<byte> read = stackalloc byte[3 * sizeof(long)];
        if (ReadFile(_handle, read, (nuint)read.Length) != read.Length)
            return null;
        var (count, counted) = (BinaryPrimitives.ReadInt64LittleEndian(read), BinaryPrimitives.ReadInt64LittleEndian(read[16..]));
        return counted > 0 ? (long)Math.Round(count * Nanoseconds / counted) : null;
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, ReadOnlySpan<byte> attribute, nint thread, nint cpu, nint group, nuint flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(SafeFileHandle file, Span<byte> bytes, nuint count);
}
