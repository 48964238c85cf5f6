using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>The CPU that boots run on, and who else runs there.</summary>
internal static class CoreChecks
{
    // Tasks per CPU, beyond which a boot does not find a CPU of its own for sure.
    private const double Busy = 0.25;

    /// <summary>Which CPU is it, and what kind of core?</summary>
    public static IEnumerable<Diagnosis> Choice(MachineState machine)
    {
        var (choice, topology) = (machine.Choice, machine.Host.Topology);
        if (choice.Others.Count == 0)
            yield return new(
                Severity.Warning, Measurement.Kvm, $"Guests are not pinned: this process may use one core only ({Cpus(topology.Allowed)}).",
                "QEMU's other threads then interrupt the guest's CPU.",
                "give this process a second core (taskset, docker --cpuset-cpus, AllowedCPUs= of systemd)");

        if (choice.Kind == CoreKind.Efficiency)
            yield return new(Severity.Warning, Measurement.Cycles, $"Boots run on {choice.Describe()}: this process may use no performance core.",
                "The kinds of core of a hybrid CPU differ in cycles per call, not only in frequency.",
                $"let it use {Cpus(topology.Cpus.Where(cpu => cpu.Kind == CoreKind.Performance).Select(cpu => cpu.Cpu))}");
        else if (choice.Kind == CoreKind.Performance)
            yield return new(Severity.Info, Measurement.Cycles, $"Boots run on {choice.Describe()}.",
                "The kinds of core of a hybrid CPU differ in cycles per call: numbers compare only with numbers from the same kind.");

        if (topology.Cpus.Count > topology.Allowed.Union(topology.Isolated).Count())
            yield return new(
                Severity.Info, Measurement.Cycles,
                $"This process may use {Cpus(topology.Allowed)} of {Cpus(topology.Cpus.Select(cpu => cpu.Cpu))} (affinity or cpuset).",
                "Boots run there and nowhere else; other programs may run there, too.");
    }

    /// <summary>Does another hardware thread share the core of the CPU that boots run on?</summary>
    public static IEnumerable<Diagnosis> Smt(MachineState machine)
    {
        var choice = machine.Choice;
        if (choice.IdleSiblings.Count > 0)
            yield return new(
                Severity.Warning, Measurement.Cycles, $"CPU {choice.Cpu}, on which boots run, shares its core with {Cpus(choice.IdleSiblings)}.",
                "Two threads of a core share its execution units and caches: work on one slows the other down.",
                string.Join("; ", choice.IdleSiblings.Select(other => $"echo 0 | sudo tee /sys/devices/system/cpu/cpu{other}/online")) + " (and when done: echo 1 …)");
    }

    /// <summary>Does the scheduler keep other work away from the CPU that boots run on?</summary>
    public static IEnumerable<Diagnosis> Isolation(MachineState machine)
    {
        var (isolated, choice) = (machine.Host.IsolatedCpus, machine.Choice);
        if (choice.IsIsolated)
            yield break;

        if (isolated.Count > 0)
            yield return new(
                Severity.Warning, Measurement.Cycles,
                $"{Cpus(isolated)} {(isolated.Count == 1 ? "is" : "are")} isolated, but boots run on CPU {choice.Cpu}.",
                "The scheduler may put other work on that CPU while a loop is timed, although there is a CPU where it may not.",
                machine.Host.Topology.Isolated.Count == 0
                    ? $"let this process use {Cpus(isolated)} (its cpuset leaves {(isolated.Count == 1 ? "it" : "them")} out)"
                    : "isolate a performance core, with all its threads");
        else
        {
            // Most machines are like this, and medians bear it: worth knowing, no more.
            yield return new(Severity.Info, Measurement.Cycles, "No CPU is isolated from the scheduler.",
                "Other work may interrupt a timed loop; such rounds are seen as outliers.",
                "for a CPU of its own, boot with isolcpus=N nohz_full=N rcu_nocbs=N");
        }
    }

    /// <summary>Is something else at work?</summary>
    public static IEnumerable<Diagnosis> Load(MachineState machine)
    {
        var cpus = Math.Max(1, machine.Host.Cpu.LogicalCpus);
        if (machine.Load is { } load && load > Busy * cpus)
            yield return new(
                Severity.Warning, Measurement.Cycles,
                FormattableString.Invariant($"In the last minute {load:F2} tasks ran or waited on {cpus} {(cpus == 1 ? "CPU" : "CPUs")}."),
                "Other work shares caches, memory and power with the measurement, and its CPU too.",
                "end it, or wait; top shows what it is");
    }

    private static string Cpus(IEnumerable<int> cpus) => $"{(cpus.Skip(1).Any() ? "CPUs" : "CPU")} {CpuList.Format(cpus)}";
}
