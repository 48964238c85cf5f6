namespace SyscallBench.Platforms;

/// <summary>What a guest is started with, whatever it is.</summary>
/// <param name="Cpu">CPU model, as QEMU's <c>-cpu</c> takes it.</param>
/// <param name="Images">Paths as QEMU gets them.</param>
/// <param name="Console">File that receives the console.</param>
public sealed record GuestSettings(Accelerator Accelerator, string Cpu, BenchmarkArguments Benchmark, IReadOnlyDictionary<Image, string> Images, string Console)
{
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

    public abstract QemuCommand Command(GuestSettings settings);

    public override Unit UnitUnder(Accelerator accelerator) => accelerator.Unit();

    // However many they are, a count is exact. A call under KPTI takes about 10 µs: QEMU empties its TLB, and its table of translated code, at each change of page tables.
    public override long DefaultIterations(Accelerator accelerator) => accelerator == Accelerator.Kvm ? 1_000_000 : 100;

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
