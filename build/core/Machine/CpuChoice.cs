using System.Globalization;

namespace SyscallBench.Machine;

/// <summary>The CPU that a measurement is pinned to.</summary>
/// <param name="Cpu">The kernel's number of it.</param>
/// <param name="Kind">What kind of core it is; null where all cores are alike.</param>
/// <param name="IsIsolated">The scheduler puts nothing else there.</param>
/// <param name="IdleSiblings">The other threads of its core, which this process leaves idle.</param>
/// <param name="Others">CPUs of other cores for everything else; empty where there are none, and then a guest is better not pinned.</param>
public sealed record CpuChoice(int Cpu, CoreKind? Kind, bool IsIsolated, IReadOnlyList<int> IdleSiblings, IReadOnlyList<int> Others)
{
    /// <summary>
    /// Chooses a whole physical core: an isolated one where this process may use one, else the last, since CPU 0 serves most interrupts. On a hybrid
    /// CPU a performance core, whatever else there is.
    /// </summary>
    public static CpuChoice Of(Topology topology)
    {
        var housekeeping = topology.Allowed.Except(topology.Isolated).ToList();
        var isolated = topology.Isolated
            .Select(cpu => On(topology, cpu, housekeeping))

            // An isolated CPU is none of its own when its sibling thread has to do the rest.
            .Where(choice => choice.Others.Count > 0);
        var last = topology.Allowed.Reverse()
            .Where(cpu => topology.Siblings(cpu).First(topology.Allowed.Contains) == cpu)
            .Select(cpu => On(topology, cpu, topology.Allowed));
        return isolated.Concat(last).MinBy(choice => choice.Kind == CoreKind.Efficiency ? 1 : 0)!;
    }

    /// <summary>The CPU and what is special about it, for people: <c>CPU 7, a performance core, isolated</c>.</summary>
    public string Describe()
    {
        var kind = Kind switch
        {
            CoreKind.Performance => ", a performance core",
            CoreKind.Efficiency => ", an efficiency core",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"CPU {Cpu}{kind}{(IsIsolated ? ", isolated" : "")}");
    }

    private static CpuChoice On(Topology topology, int cpu, IReadOnlyList<int> allowed)
    {
        var core = topology.Siblings(cpu);
        return new CpuChoice(
            cpu,
            topology.Cpus.Single(each => each.Cpu == cpu).Kind,
            topology.Isolated.Contains(cpu),
            [.. core.Where(sibling => sibling != cpu)],
            [.. allowed.Except(core)]);
    }
}
