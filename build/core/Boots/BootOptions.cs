using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What is to be measured. Null stands for a default, which may depend on the accelerator.</summary>
public sealed record BootOptions
{
    public const int MostRuns = 1000;

    /// <summary>Settings of one run: with a boot a second and three boots each, most of an hour.</summary>
    public const int MostSettings = 1000;

    /// <summary>In the order of a table.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>Names of those that were asked for by name, or strictly: not to measure one is a failure, whatever the reason.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Null chooses by trying.</summary>
    public Accelerator? Accelerator { get; init; }

    /// <summary>Boots of each setting.</summary>
    public int? Runs { get; init; }

    /// <summary>Boots of each setting where nobody says, and every boot gives the same counts.</summary>
    public int RunsOfCounts { get; init; } = 3;

    public int? Rounds { get; init; }

    public long? Iterations { get; init; }

    public int? Warmup { get; init; }

    /// <summary>CPU models of the guests, as QEMU's <c>-cpu</c> takes them; each is a setting of its own.</summary>
    public IReadOnlyList<string>? Cpus { get; init; }

    /// <summary>System calls to measure; each is a setting of its own. Null for each platform's own.</summary>
    public IReadOnlyList<SystemCall>? Calls { get; init; }

    /// <summary>Names of the kernels that Linux platforms boot; each is a setting of its own. Null for the only one there is.</summary>
    public IReadOnlyList<string>? Kernels { get; init; }

    /// <summary>What rows of these kernels have to say of them; null for nothing.</summary>
    public string? KernelNote { get; init; }

    /// <summary>Of the order of the boots.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>After this a boot is ended and has failed.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Boots that are made side by side where instructions are counted. What is timed runs alone.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Name or path of QEMU.</summary>
    public string QemuProgram { get; init; } = QemuCommand.DefaultProgram;

    /// <exception cref="UsageError">These are more settings than one run may have.</exception>
    public BootOptions Validated()
    {
        var (kernels, cpus, calls) = (Kernels?.Count ?? 1, Cpus?.Count ?? 1, Calls?.Count ?? 1);
        return (long)Platforms.Count * kernels * cpus * calls is var settings and > MostSettings
            ? throw new UsageError(
                $"{settings} settings, which is {Platforms.Count} platforms times {kernels} of --kernel times {cpus} of --cpu times {calls} of --syscall: at most {MostSettings} in one run")
            : this;
    }
}

/// <summary>The options, every default filled in for the accelerator that was chosen.</summary>
public sealed class BootParameters(BootOptions options, Accelerator accelerator)
{
    // The EuroSys'21 artifact's.
    private const int ArtifactRounds = 20;
    private const int ArtifactRuns = 25;

    private static readonly TimeSpan _longest = TimeSpan.FromDays(2);

    public Accelerator Accelerator => accelerator;

    /// <summary>Boots of each setting: few where every boot gives the same counts.</summary>
    public int Runs => options.Runs ?? (accelerator == Accelerator.Tcg ? options.RunsOfCounts : ArtifactRuns);

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

    public BenchmarkArguments Benchmark(Platform platform) => platform.ArgumentsOf(new BenchmarkArguments(
        options.Rounds ?? ArtifactRounds,
        options.Iterations ?? platform.DefaultIterations(accelerator),
        options.Warmup ?? 1));

    /// <summary>Time for a boot and all its loops at a fiftieth of the usual speed, since only a hanging guest is to meet it.</summary>
    public TimeSpan Deadline(BenchmarkArguments benchmark)
    {
        if (options.Deadline is { } asked)
            return asked;
        var perIteration = accelerator == Accelerator.Kvm ? 25e-6 : 250e-6;
        var usual = 120 + (perIteration * (benchmark.Rounds + benchmark.Warmup) * benchmark.Iterations);
        return TimeSpan.FromSeconds(Math.Min(usual, _longest.TotalSeconds));
    }
}
