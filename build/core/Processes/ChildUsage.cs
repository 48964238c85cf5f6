using System.Runtime.InteropServices;

namespace SyscallBench.Processes;

/// <summary>
/// What the scheduler did to all children of this process that have ended (getrusage(2), RUSAGE_CHILDREN). A child's own numbers are gone when it is
/// reaped, which .NET does by itself; as long as one child ends at a time, a difference is that child's.
/// </summary>
/// <param name="Voluntary">Times a child gave up its CPU by itself.</param>
/// <param name="Involuntary">Times a child was taken off its CPU for another.</param>
public sealed partial record ChildUsage(long Voluntary, long Involuntary)
{
    private const int Children = -1;

    // struct rusage is two timevals of two longs, and fourteen longs.
    private const int Longs = 18;
    private const int VoluntaryIndex = 16;
    private const int InvoluntaryIndex = 17;

    public static ChildUsage Read()
    {
        var usage = new long[Longs];
        return GetUsage(Children, usage) == 0 ? new ChildUsage(usage[VoluntaryIndex], usage[InvoluntaryIndex]) : new ChildUsage(0, 0);
    }

    public ChildUsage Since(ChildUsage before) => new(Voluntary - before.Voluntary, Involuntary - before.Involuntary);

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, Span<long> usage);
}
