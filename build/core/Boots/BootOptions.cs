using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What is to be measured. Null stands for a default, which may depend on the accelerator.</summary>
public sealed record BootOptions
{
    /// <summary>The platforms, in the order of a table.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>Null chooses by trying.</summary>
    public Accelerator? Accelerator { get; init; }

    /// <summary>Boots of each platform.</summary>
    public int? Runs { get; init; }

    /// <summary>Timed rounds of each boot.</summary>
    public int? Rounds { get; init; }

    /// <summary>Calls in each timed loop, on every platform.</summary>
    public long? Iterations { get; init; }

    /// <summary>Rounds before the first that counts.</summary>
    public int? Warmup { get; init; }

    /// <summary>CPU model of the guests, as QEMU's <c>-cpu</c> takes it.</summary>
    public string? Cpu { get; init; }

    /// <summary>Seed of the order of the boots.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>After this a boot is ended and has failed.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Name or path of QEMU.</summary>
    public string QemuProgram { get; init; } = "qemu-system-x86_64";

    /// <summary>Boots again what was booted before with the same inputs, too.</summary>
    public bool Force { get; init; }

    /// <exception cref="UsageError">A number is out of range.</exception>
    public BootOptions Validated()
    {
        if (Runs is < 1 or > 1000)
            throw new UsageError($"--runs={Runs}: must be from 1 to 1000");
        new BenchmarkArguments(Rounds ?? 1, Iterations ?? 1, Warmup ?? 0).Validated();
        return this;
    }
}
