using System.Runtime.InteropServices;

namespace SyscallBench.Processes;

/// <summary>Which CPUs a thread may run on (sched_setaffinity(2)).</summary>
public static partial class CpuAffinity
{
    // Enough for 8192 CPUs, the most a Linux kernel can be built for.
    private const int MaskBytes = 1024;

    /// <param name="thread">Thread id; 0 for the calling thread.</param>
    public static IReadOnlyList<int> Get(int thread = 0)
    {
        var mask = new byte[MaskBytes];
        if (GetAffinity(thread, MaskBytes, mask) < 0)
            return [];

        return [.. Enumerable.Range(0, MaskBytes * 8).Where(cpu => (mask[cpu / 8] & (1 << (cpu % 8))) != 0)];
    }

    /// <summary>Lets a thread run on these CPUs only.</summary>
    /// <returns>False with the system's own words where the kernel refuses.</returns>
    public static bool TrySet(int thread, IReadOnlyList<int> cpus, out string failure)
    {
        var mask = new byte[MaskBytes];
        foreach (var cpu in cpus)
            mask[cpu / 8] |= (byte)(1 << (cpu % 8));

        var done = SetAffinity(thread, MaskBytes, mask) == 0;
        failure = done ? "" : Marshal.GetLastPInvokeErrorMessage();
        return done;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, ReadOnlySpan<byte> mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint size, Span<byte> mask);
}
