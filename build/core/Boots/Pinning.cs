using System.Globalization;
using SyscallBench.Machine;

namespace SyscallBench.Boots;

/// <summary>Where a guest's virtual CPU runs, and where everything else of its QEMU does.</summary>
/// <param name="Vcpu">CPU of the vCPU thread; null for wherever the scheduler puts it.</param>
/// <param name="Others">CPUs of QEMU's other threads; empty for wherever the scheduler puts them.</param>
/// <param name="Sentence">The choice and its reason, for people.</param>
public sealed record Pinning(int? Vcpu, IReadOnlyList<int> Others, string Sentence)
{
    /// <summary>For boots that do not depend on the core, such as those that count instructions: QEMU is left alone, without QMP.</summary>
    public static Pinning? NotNeeded => null;

    /// <summary>
    /// Chooses a whole physical core for the vCPU: an isolated one where there is one, else the last, since CPU 0 serves most interrupts.
    /// </summary>
    public static Pinning Choose(Topology topology)
    {
        var allowed = topology.Cpus.Where(cpu => topology.Allowed.Contains(cpu.Cpu)).Select(cpu => cpu.Cpu).ToList();
        var isolated = topology.Cpus.Where(cpu => topology.Isolated.Contains(cpu.Cpu)).Select(cpu => cpu.Cpu).ToList();
        return isolated.Select(cpu => OnIsolated(topology, cpu, allowed.Except(isolated))).FirstOrDefault(choice => choice is not null)
            ?? OnLastCore(topology, allowed);
    }

    // An isolated CPU is none of its own when its sibling thread is busy with the rest.
    private static Pinning? OnIsolated(Topology topology, int cpu, IEnumerable<int> housekeeping)
    {
        var others = housekeeping.Except(topology.Siblings(cpu)).ToList();
        return others.Count == 0
            ? null
            : new Pinning(cpu, others, $"vCPU pinned to CPU {Text(cpu)}, which the kernel isolates; the rest of QEMU on {CpuList.Format(others)}");
    }

    private static Pinning OnLastCore(Topology topology, List<int> allowed)
    {
        if (allowed.Count < 2)
            return new Pinning(null, [], "vCPU not pinned: this process may use one CPU only, so there is none to spare");

        var cpu = allowed.Select(each => topology.Siblings(each)[0]).Where(allowed.Contains).DefaultIfEmpty(allowed[^1]).Max();
        var siblings = topology.Siblings(cpu);
        var others = allowed.Except(siblings).ToList();
        if (others.Count == 0)
            return new Pinning(null, [], $"vCPU not pinned: the CPUs {CpuList.Format(allowed)} share one physical core, so there is none to spare");

        var idle = siblings.Count > 1 ? $", its sibling thread {CpuList.Format(siblings.Where(each => each != cpu))} left idle by QEMU" : "";
        return new Pinning(cpu, others, $"vCPU pinned to CPU {Text(cpu)}{idle}; the rest of QEMU on {CpuList.Format(others)}");
    }

    private static string Text(int cpu) => cpu.ToString(CultureInfo.InvariantCulture);
}
