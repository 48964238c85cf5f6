using System.Runtime.InteropServices;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark as an ordinary process, pinned to one CPU so that it never moves.</summary>
public sealed partial class HostBooter(ProcessRunner processes, ImageSet images, Pinning pinning, SystemFiles files) : IBooter
{
    public Setting SettingOf(BootCase boots, IReadOnlyDictionary<string, string> hashes) => new()
    {
        Platform = boots.Platform.Name,
        Rounds = boots.Benchmark.Rounds,
        Iterations = boots.Benchmark.Iterations,
        Warmup = boots.Benchmark.Warmup,
        Hashes = hashes,
        Arguments = string.Join(' ', HostPlatform.Arguments(boots.Benchmark)),
        Machine = MachineSettings.Read(files, pinning),
    };

    public async Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation)
    {
        var request = new ProcessRequest(images.Paths[Image.Benchmark], HostPlatform.Arguments(boot.Case.Benchmark))
        {
            OutputFile = console,
            Deadline = deadline,
            Cpu = pinning.Cpu,
        };
        var before = SwitchesOfChildren();
        var child = await processes.StartAsync(request, cancellation).ConfigureAwait(false);
        using var cycles = ThreadCounter.Open(child.Pid, ThreadEvent.CoreCycles);
        var result = await child.Completion.ConfigureAwait(false);
        var after = SwitchesOfChildren();
        return new BootRun([request.Program, .. request.Arguments], result, null)
        {
            Pinning = pinning,
            Facts = new BootFacts
            {
                VoluntarySwitches = after.Voluntary - before.Voluntary,
                InvoluntarySwitches = after.Involuntary - before.Involuntary,
                CoreKhz = cycles?.PerMillisecond(),
            },
        };
    }

    /// <summary>
    /// Context switches of all children of this process that have ended (getrusage(2), RUSAGE_CHILDREN). A child's own numbers are gone when it is
    /// reaped, which .NET does by itself; as long as one child ends at a time, a difference is that child's.
    /// </summary>
    private static (long Voluntary, long Involuntary) SwitchesOfChildren()
    {
        const int Children = -1;

        // struct rusage is two timevals of two longs, and fourteen longs, of which these are the last two.
        var usage = new long[18];
        return GetUsage(Children, usage) == 0 ? (usage[^2], usage[^1]) : (0, 0);
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, Span<long> usage);
}
