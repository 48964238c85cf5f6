using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What is to be measured. Null stands for a default, which may depend on the accelerator.</summary>
public sealed record BootOptions
{
    /// <summary>Boots of a setting in one run.</summary>
    public const int MostRuns = 1000;

    /// <summary>Settings of one run: with a boot a second and three boots each, most of an hour.</summary>
    public const int MostSettings = 1000;

    /// <summary>The platforms, in the order of a table.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>Names of those that were asked for by name, or strictly: not to measure one is a failure, whatever the reason.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Null chooses by trying.</summary>
    public Accelerator? Accelerator { get; init; }

    /// <summary>Boots of each platform.</summary>
    public int? Runs { get; init; }

    /// <summary>Boots of each platform where nobody says, and every boot gives the same counts.</summary>
    public int RunsOfCounts { get; init; } = 3;

    /// <summary>Timed rounds of each boot.</summary>
    public int? Rounds { get; init; }

    /// <summary>Calls in each timed loop, on every platform.</summary>
    public long? Iterations { get; init; }

    /// <summary>Rounds before the first that counts.</summary>
    public int? Warmup { get; init; }

    /// <summary>CPU models of the guests, as QEMU's <c>-cpu</c> takes them; each is a setting of its own.</summary>
    public IReadOnlyList<string>? Cpus { get; init; }

    /// <summary>System calls to measure; each is a setting of its own. Null for each platform's own.</summary>
    public IReadOnlyList<SystemCall>? Calls { get; init; }

    /// <summary>Names of the kernels that Linux platforms boot; each is a setting of its own. Null for the only one there is.</summary>
    public IReadOnlyList<string>? Kernels { get; init; }

    /// <summary>What rows of these kernels have to say of them; null for nothing.</summary>
    public string? KernelNote { get; init; }

    /// <summary>Seed of the order of the boots.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>After this a boot is ended and has failed.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Boots that are made side by side where instructions are counted. What is timed runs alone.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Name or path of QEMU.</summary>
    public string QemuProgram { get; init; } = QemuCommand.DefaultProgram;

    /// <exception cref="UsageError">A number is out of range.</exception>
    public BootOptions Validated()
    {
        if (Runs is < 1 or > MostRuns)
            throw new UsageError($"--runs={Runs}: must be from 1 to {MostRuns}");
        if ((long)Platforms.Count * (Kernels?.Count ?? 1) * (Cpus?.Count ?? 1) * (Calls?.Count ?? 1) is var settings and > MostSettings)
            throw new UsageError($"{settings} settings, which is {Platforms.Count} platforms times {Kernels?.Count ?? 1} of --kernel times {Cpus?.Count ?? 1} of --cpu times {Calls?.Count ?? 1} of --syscall: at most {MostSettings} in one run");
        new BenchmarkArguments(Rounds ?? 1, Iterations ?? 1, Warmup ?? 0).Validated();
        return this;
    }
}

/// <summary>The options, every default filled in for the accelerator that was chosen.</summary>
public sealed class BootParameters(BootOptions options, Accelerator accelerator)
{
    private const int ArtifactRounds = 20;
    private const int ArtifactRuns = 25;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    public Accelerator Accelerator => accelerator;

    /// <summary>Boots of each platform: the EuroSys'21 artifact's 25, or few where every boot gives the same counts.</summary>
    public int Runs => options.Runs ?? (accelerator == Accelerator.Tcg ? options.RunsOfCounts : ArtifactRuns);

    /// <summary>CPU models of the guests.</summary>
    public IReadOnlyList<string> Cpus => options.Cpus ?? [accelerator.DefaultCpu()];

    /// <summary>Every platform with every choice of what varies, one setting after the other.</summary>
    public IReadOnlyList<BootCase> Cases() =>
    [
        .. (from kernel in options.Kernels?.Cast<string?>() ?? [null]
            from cpu in Cpus
            from call in options.Calls?.Cast<SystemCall?>() ?? [null]
            from platform in options.Platforms
            select new BootCase(platform, cpu, Benchmark(platform).With(call)) { Call = call, Kernel = platform.Images.Contains(Image.Kernel) ? kernel : null }).Distinct(),
    ];

    /// <summary>What the benchmark is told on a platform.</summary>
    public BenchmarkArguments Benchmark(Platform platform) => platform.ArgumentsOf(new BenchmarkArguments(
        options.Rounds ?? ArtifactRounds,
        options.Iterations ?? platform.DefaultIterations(accelerator),
        options.Warmup ?? 1));

    /// <summary>Time for a boot and all its loops at a fiftieth of the usual speed, since only a hanging guest is to meet it.</summary>
    public TimeSpan Deadline(BenchmarkArguments benchmark)
    {
        var perIteration = accelerator == Accelerator.Kvm ? TimeSpan.FromMicroseconds(25) : TimeSpan.FromMicroseconds(250);
        var loops = (benchmark.Rounds + benchmark.Warmup) * (double)benchmark.Iterations;
        var usual = TimeSpan.FromSeconds(Math.Min(120 + (perIteration.TotalSeconds * loops), Longest.TotalSeconds));
        return options.Deadline ?? usual;
    }
}
