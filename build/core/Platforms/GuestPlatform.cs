namespace SyscallBench.Platforms;

/// <summary>What a guest is started with, whatever it is.</summary>
public sealed record GuestSettings
{
    public required Accelerator Accelerator { get; init; }

    /// <summary>CPU model, as QEMU's <c>-cpu</c> takes it.</summary>
    public required string Cpu { get; init; }

    public required BenchmarkArguments Benchmark { get; init; }

    /// <summary>Paths as QEMU gets them.</summary>
    public required IReadOnlyDictionary<Image, string> Images { get; init; }

    /// <summary>File that receives the console.</summary>
    public required string Console { get; init; }

    /// <summary>Seed of the guest's random numbers, which under instruction counting decide where its kernel lies in memory.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Name or path of QEMU.</summary>
    public string Qemu { get; init; } = QemuCommand.DefaultProgram;
}

/// <summary>A platform that is booted in QEMU.</summary>
public abstract class GuestPlatform : Platform
{
    /// <summary>Where those of its images are that no task makes.</summary>
    public virtual IReadOnlyDictionary<Image, string> Files { get; } = new Dictionary<Image, string>();

    /// <summary>The QEMU that boots it.</summary>
    public abstract QemuCommand Command(GuestSettings settings);

    /// <inheritdoc/>
    public override Unit UnitUnder(Accelerator accelerator) => accelerator.Unit();

    /// <inheritdoc/>
    public override long DefaultIterations(Accelerator accelerator) => accelerator == Accelerator.Kvm ? 1_000_000 : 1000;

    /// <summary>What is the same for every guest; the rest is the platform's.</summary>
    protected QemuCommand Base(GuestSettings settings, Image kernel, Image? initrd, string append) => new()
    {
        Program = settings.Qemu,
        Accelerator = settings.Accelerator,
        Cpu = settings.Cpu,
        Kernel = settings.Images[kernel],
        Initrd = initrd is null ? null : settings.Images[initrd],
        Append = append,
        Serial = settings.Console,
        Seed = settings.Seed,
    };
}
