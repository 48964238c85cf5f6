using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A tree of the user's. It is copied: ours is patched and built, theirs stays as it is.</summary>
public sealed record UserKernelTree : KernelSource
{
    /// <summary>Absolute path of the tree.</summary>
    public required string Tree { get; init; }

    /// <inheritdoc/>
    public override string Folder => Tree;

    /// <inheritdoc/>
    public override Fingerprint AddTo(Fingerprint inputs) => inputs.Add("kernel source", TreeStamp.Of(Tree));

    /// <inheritdoc/>
    public override IEnumerable<BuildCommand> Unpack(IBuildRoom room, string tree)
    {
        yield return new BuildCommand("cp", "--archive", "--no-preserve=ownership", "--reflink=auto", $"{room.Source("kernel")}/.", tree);
        // The user may have built in it; building elsewhere needs a clean tree.
        yield return new BuildCommand("make", "-C", tree, "mrproper");
    }
}
