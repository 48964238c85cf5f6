using System.Runtime.InteropServices;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark as an ordinary process, pinned to one CPU so that it never moves.</summary>
public sealed class HostBooter(ProcessRunner processes, ImageSet images, Pinning pinning, SystemFiles files) : IBooter
{
    public bool Takes(Platform platform) => platform is HostPlatform;

    public Setting SettingOf(BootCase boots, IReadOnlyDictionary<string, string> hashes)
    {
        var benchmark = boots.Benchmark;
        return new Setting
        {
            Platform = boots.Platform.Name,
            Rounds = benchmark.Rounds,
            Iterations = benchmark.Iterations,
            Warmup = benchmark.Warmup,
            Hashes = hashes,
            Arguments = string.Join(' ', HostPlatform.Arguments(benchmark)),
            Machine = MachineSettings.Read(files, pinning),
        };
    }

    public async Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation)
    {
        var request = new ProcessRequest(images.Paths[Image.Benchmark], HostPlatform.Arguments(boot.Case.Benchmark))
        {
            OutputFile = console,
            Deadline = deadline,
            Cpu = pinning.Cpu,
        };
        var before = ChildUsage.Read();
        var child = await processes.StartAsync(request, cancellation).ConfigureAwait(false);
        using var cycles = ThreadCounter.Open(child.Pid, ThreadEvent.CoreCycles);
        var result = await child.Completion.ConfigureAwait(false);
        var usage = ChildUsage.Read().Since(before);
        return new BootRun([request.Program, .. request.Arguments], result, null)
        {
            Pinning = pinning,
            Facts = new BootFacts { VoluntarySwitches = usage.Voluntary, InvoluntarySwitches = usage.Involuntary, CoreKhz = cycles?.PerMillisecond() },
        };
    }
}

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
