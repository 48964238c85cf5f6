using SyscallBench.Model;

namespace SyscallBench.Boots;

/// <summary>What was found out about the machine before the first boot.</summary>
internal sealed record BootRoom(AcceleratorChoice Choice, BootParameters Parameters, string Pinning, string? QemuVersion)
{
    public required IReadOnlyList<IBooter> Booters { get; init; }

    public RunRecord ToRecord(BootOptions options, IReadOnlyDictionary<string, string> hashes, IReadOnlyList<PlatformRun> platforms) => new()
    {
        Accelerator = Choice.Accelerator.Name(),
        AcceleratorReason = Choice.Reason,
        Unit = Choice.Accelerator.Unit(),
        GuestCpu = Parameters.Cpu,
        QemuVersion = QemuVersion,
        Seed = options.Seed,
        Runs = Parameters.Runs,
        Pinning = Pinning,
        Hashes = hashes,
        Platforms = platforms,
    };
}
