using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>The options, every default filled in for the accelerator that was chosen.</summary>
public sealed class BootParameters(BootOptions options, Accelerator accelerator)
{
    private const int ArtifactRounds = 20;
    private const int ArtifactRuns = 25;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public Accelerator Accelerator => accelerator;

    /// <summary>Boots of each platform: the EuroSys'21 artifact's 25, or three where every boot gives the same counts.</summary>
    public int Runs => options.Runs ?? (accelerator == Accelerator.Tcg ? 3 : ArtifactRuns);

    /// <summary>CPU model of the guests.</summary>
    public string Cpu => options.Cpu ?? accelerator.DefaultCpu();

    /// <summary>What the benchmark is told on a platform.</summary>
    public BenchmarkArguments Benchmark(Platform platform) => new(
        options.Rounds ?? ArtifactRounds,
        options.Iterations ?? platform.DefaultIterations(accelerator),
        options.Warmup ?? 1);

    /// <summary>Time for a boot and all its loops at a fiftieth of the usual speed, since only a hanging guest is to meet it.</summary>
    public TimeSpan Deadline(Platform platform)
    {
        var benchmark = Benchmark(platform);
        var perIteration = accelerator == Accelerator.Kvm ? TimeSpan.FromMicroseconds(25) : TimeSpan.FromMicroseconds(250);
        var loops = (benchmark.Rounds + benchmark.Warmup) * (double)benchmark.Iterations;
        var usual = TimeSpan.FromSeconds(Math.Min(120 + (perIteration.TotalSeconds * loops), Longest.TotalSeconds));
        return options.Deadline ?? usual;
    }
}
