using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A release as kernel.org has it.</summary>
public sealed record KernelTarball : KernelSource
{
    /// <summary>Absolute path of the tar.xz.</summary>
    public required string Archive { get; init; }

    /// <inheritdoc/>
    public override string Folder => Path.GetDirectoryName(Archive)!;

    /// <inheritdoc/>
    public override Fingerprint AddTo(Fingerprint inputs) => inputs.AddFile("kernel source", Archive);

    /// <inheritdoc/>
    public override IEnumerable<BuildCommand> Unpack(IBuildRoom room, string tree)
        => [DebianKernelPackage.Tarball($"{room.Source("kernel")}/{Path.GetFileName(Archive)}", tree)];
}
