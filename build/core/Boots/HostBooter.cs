using System.Globalization;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark as an ordinary process, pinned to one CPU so that it never moves.</summary>
public sealed class HostBooter(ProcessRunner processes, BootParameters parameters, ImageSet images, Pinning pinning, SystemFiles files) : IBooter
{
    public bool Takes(Platform platform) => platform is HostPlatform;

    public IReadOnlyDictionary<string, string> Inputs(PlannedBoot boot) => new Dictionary<string, string>
    {
        ["arguments"] = string.Join(' ', HostPlatform.Arguments(parameters.Benchmark(boot.Platform))),
        ["host.kernel"] = $"{files.Read("/proc/sys/kernel/osrelease")} {files.Read("/proc/sys/kernel/version")}",
        ["host.cpu"] = CpuModel(),
    };

    public async Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation)
    {
        var cpu = pinning.Vcpu ?? CpuAffinity.Get()[^1];
        var request = new ProcessRequest
        {
            Program = images.Paths[Image.Benchmark],
            Arguments = HostPlatform.Arguments(parameters.Benchmark(boot.Platform)),
            OutputFile = console,
            Deadline = deadline,
            Cpus = [cpu],
        };
        var before = ChildUsage.Read();
        var result = await processes.RunAsync(request, cancellation).ConfigureAwait(false);
        return new BootRun(
            [request.Program, .. request.Arguments],
            result,
            string.Create(CultureInfo.InvariantCulture, $"process pinned to CPU {cpu}"),
            Facts(ChildUsage.Read().Since(before)));
    }

    private static Dictionary<string, string> Facts(ChildUsage usage) => new()
    {
        [BootFacts.VoluntarySwitches] = usage.Voluntary.ToString(CultureInfo.InvariantCulture),
        [BootFacts.InvoluntarySwitches] = usage.Involuntary.ToString(CultureInfo.InvariantCulture),
    };

    private string CpuModel() => (files.Read("/proc/cpuinfo") ?? "").Split('\n')
        .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault() ?? "unknown";
}
