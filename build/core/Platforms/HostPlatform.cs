using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>The same ELF as an ordinary process on this machine's own kernel, in real cycles whatever the guests run on.</summary>
public sealed class HostPlatform : Platform
{
    public override string Name => "host";

    public override string Summary => "this machine's own kernel, an ordinary process";

    public override string System => "This machine";

    public override PlatformRole Role => PlatformRole.Reference;

    public override IReadOnlyList<Image> Images => [Image.Benchmark];

    /// <summary>This kernel has no call of that number and says so: entry, number check and return are the noop's.</summary>
    public override string? ScallNote => "ENOSYS path";

    /// <summary>A process is told of its own context switches. A guest's kernel sees those of its vCPU as stolen time, where the hypervisor tells it.</summary>
    public override Disturbance Sees => Disturbance.ContextSwitch;

    public override Unit UnitUnder(Accelerator accelerator) => Unit.Cycles;

    // A loop of these takes under a millisecond, so that most rounds see no timer tick.
    public override long DefaultIterations(Accelerator accelerator) => 10_000;

    /// <summary>What the process is given. It asks the kernel what came into a round, and leaves what there is to know of this machine to us.</summary>
    public static IReadOnlyList<string> Arguments(BenchmarkArguments benchmark) =>
        [.. (benchmark.SystemCall is null ? benchmark with { Expect = benchmark.Expect ?? "-38" } : benchmark).ToWords(), "state=process"];

    public override string? WhyFailed(int exitCode, BootLog log) =>
        log.Failure ?? (exitCode == 0 ? null : $"the benchmark exited with {exitCode}");
}
