using System.Runtime.InteropServices;

namespace SyscallBench.Machine;

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
