using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Fidelity;

/// <summary>
/// What a system call costs more when it is made through the C library's function, as perf does it, than by an instruction in the loop, as the benchmark does it. Nearly
/// nothing on most machines; but where the kernel leaves the return predictor empty (safe RET on AMD), the function's return is mispredicted each time.
/// </summary>
internal sealed class WrapperCost(int cpu)
{
    // push rbx; push r12; push rbp (which aligns the stack for the call); mov rbx, rdi; mov r12, imm64
    private static ReadOnlySpan<byte> Enter => [0x53, 0x41, 0x54, 0x55, 0x48, 0x89, 0xfb, 0x49, 0xbc];

    // mov rax, r12; syscall; dec rbx; jnz to the mov
    private static ReadOnlySpan<byte> Inline => [0x4c, 0x89, 0xe0, 0x0f, 0x05, 0x48, 0xff, 0xcb, 0x75, 0xf6];

    // call the stub, 10 bytes on; dec rbx; jnz to the call
    private static ReadOnlySpan<byte> Wrapped => [0xe8, 0x0a, 0x00, 0x00, 0x00, 0x48, 0xff, 0xcb, 0x75, 0xf6];

    // jmp [rip], to the address that follows: what a linker makes of a call into a shared library
    private static ReadOnlySpan<byte> Stub => [0xff, 0x25, 0x00, 0x00, 0x00, 0x00];

    // pop rbp; pop r12; pop rbx; ret
    private static ReadOnlySpan<byte> Leave => [0x5d, 0x41, 0x5c, 0x5b, 0xc3];

    /// <summary>What undisturbed repeats of each take; null where neither can be measured.</summary>
    /// <param name="calls">Calls of one timed loop.</param>
    /// <param name="repeats">Loops of each kind, in turn.</param>
    public WrapperTimes? Measure(long calls, int repeats)
    {
        if (!NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, ProbedCall.GetParent.Name, out var function))
            return null;
        using var inline = NativeCode.TryMake([.. Enter, .. Bytes(ProbedCall.GetParent.Number), .. Inline, .. Leave]);
        using var wrapped = NativeCode.TryMake([.. Enter, .. Bytes(0), .. Wrapped, .. Leave, .. Stub, .. Bytes(function)]);
        if (inline is null || wrapped is null)
            return null;

        // On a thread of its own, so that pinning it pins nothing else.
        WrapperTimes? times = null;
        var thread = new Thread(() => times = Compare(inline.Address, wrapped.Address, calls, repeats));
        thread.Start();
        thread.Join();
        return times;
    }

    private static byte[] Bytes(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private WrapperTimes? Compare(nint inline, nint wrapped, long calls, int repeats)
    {
        if (CpuAffinity.TrySet(0, [cpu]) is not null)
            return null;
        var times = Enumerable.Range(0, repeats).Select(_ => new WrapperTimes(Time(inline, calls), Time(wrapped, calls))).ToList();
        return new WrapperTimes(Undisturbed.Of(times.Select(time => time.Inline)), Undisturbed.Of(times.Select(time => time.Wrapped)));
    }

    private static unsafe double Time(nint code, long calls)
    {
        var start = Stopwatch.GetTimestamp();
        ((delegate* unmanaged<long, void>)code)(calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}

/// <summary>Nanoseconds per call, made by an instruction in the loop and through the C library's function.</summary>
internal sealed record WrapperTimes(double Inline, double Wrapped)
{
    /// <summary>Slower than anything that is measured.</summary>
    public static WrapperTimes None { get; } = new(double.MaxValue, double.MaxValue);

    public double Cost => Wrapped - Inline;

    public WrapperTimes Fastest(WrapperTimes other) => new(Math.Min(Inline, other.Inline), Math.Min(Wrapped, other.Wrapped));
}
