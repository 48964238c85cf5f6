namespace SyscallBench.Machine;

/// <summary>Where one logical CPU sits.</summary>
/// <param name="Cpu">The kernel's number of it.</param>
/// <param name="Package">Its socket.</param>
/// <param name="Core">Its physical core, unique within the socket only.</param>
public sealed record LogicalCpu(int Cpu, int Package, int Core);

/// <summary>The CPUs that may be used, and how they share cores.</summary>
public sealed record Topology
{
    /// <summary>CPUs that are online, ascending.</summary>
    public required IReadOnlyList<LogicalCpu> Cpus { get; init; }

    /// <summary>CPUs that the kernel's scheduler leaves alone (<c>isolcpus=</c>), ascending.</summary>
    public IReadOnlyList<int> Isolated { get; init; } = [];

    /// <summary>CPUs that this process may run on (its affinity), ascending.</summary>
    public required IReadOnlyList<int> Allowed { get; init; }

    /// <summary>CPUs that share a physical core with this one, itself included, ascending.</summary>
    public IReadOnlyList<int> Siblings(int cpu)
    {
        var self = Cpus.Single(each => each.Cpu == cpu);
        return [.. Cpus.Where(each => each.Package == self.Package && each.Core == self.Core).Select(each => each.Cpu)];
    }
}
