using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A kernel's source, at hand and not yet unpacked.</summary>
public abstract record KernelSource
{
    /// <summary>Names its tree and its image: <c>debian-6.1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Chooses patch and configuration: <c>6.1</c>.</summary>
    public required string Series { get; init; }

    /// <summary>Which source exactly, for the provenance: <c>linux-source-6.1 6.1.192-2</c>.</summary>
    public required string Pin { get; init; }

    /// <summary>The folder that unpacking has to read.</summary>
    public abstract string Folder { get; }

    /// <summary>Adds what the source is to a fingerprint.</summary>
    public abstract Fingerprint AddTo(Fingerprint inputs);

    /// <summary>Commands that make the tree in a folder of the room's output; the source's folder is <c>room.Source("kernel")</c>.</summary>
    public abstract IEnumerable<BuildCommand> Unpack(IBuildRoom room, string tree);
}
