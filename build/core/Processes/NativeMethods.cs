using System.Runtime.InteropServices;

namespace SyscallBench.Processes;

/// <summary>The C library's calls that .NET has no name for. All return -1 and set errno on failure.</summary>
internal static partial class NativeMethods
{
    /// <summary>X_OK of access(2).</summary>
    public const int Executable = 1;

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>Thread 0 is the calling one. <paramref name="size"/> is the mask's length in bytes.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint size, ReadOnlySpan<byte> mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nuint size, Span<byte> mask);
}
