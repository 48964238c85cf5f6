using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark as an ordinary process, pinned to one CPU so that it never moves.</summary>
public sealed class HostBooter(ProcessRunner processes, BootParameters parameters, ImageSet images, Pinning pinning, SystemFiles files) : IBooter
{
    public bool Takes(Platform platform) => platform is HostPlatform;

    public Setting SettingOf(Platform platform, IReadOnlyDictionary<string, string> hashes)
    {
        var benchmark = parameters.Benchmark(platform);
        return new Setting
        {
            Platform = platform.Name,
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
        var request = new ProcessRequest(images.Paths[Image.Benchmark], HostPlatform.Arguments(parameters.Benchmark(boot.Platform)))
        {
            OutputFile = console,
            Deadline = deadline,
            Cpus = [pinning.Cpu!.Value],
        };
        var before = ChildUsage.Read();
        var result = await processes.RunAsync(request, cancellation).ConfigureAwait(false);
        var usage = ChildUsage.Read().Since(before);
        return new BootRun([request.Program, .. request.Arguments], result, null)
        {
            Pinning = pinning,
            Facts = new BootFacts { VoluntarySwitches = usage.Voluntary, InvoluntarySwitches = usage.Involuntary },
        };
    }
}
