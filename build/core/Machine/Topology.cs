using SyscallBench.Processes;

namespace SyscallBench.Machine;

/// <summary>What a core is built for, on a CPU that has more than one kind.</summary>
public enum CoreKind
{
    Performance,
    Efficiency,
}

/// <summary>Where one logical CPU sits.</summary>
/// <param name="Core">Its physical core, unique within die and socket only.</param>
public sealed record LogicalCpu(int Cpu, int Package, int Core)
{
    /// <summary>Its die within the socket.</summary>
    public int Die { get; init; }

    /// <summary>The online CPUs that share its core, itself included, as the kernel lists them; empty where it does not.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [];

    /// <summary>Null where all cores are alike, or nothing tells them apart.</summary>
    public CoreKind? Kind { get; init; }
}

/// <summary>The CPUs of the machine, and which of them this process may use (Documentation/admin-guide/cputopology.rst).</summary>
public sealed record Topology
{
    private const string Folder = "/sys/devices/system/cpu";

    // Cores of one kind differ by a few percent (the ones that boost best); the kinds of a hybrid CPU by a third and more.
    private const double SameKind = 0.8;

    /// <summary>CPUs that are online, ascending.</summary>
    public required IReadOnlyList<LogicalCpu> Cpus { get; init; }

    /// <summary>CPUs that the scheduler leaves alone (<c>isolcpus=</c>) and that this process may still be put on, ascending.</summary>
    public IReadOnlyList<int> Isolated { get; init; } = [];

    /// <summary>CPUs that this process may run on (<c>Cpus_allowed</c>), ascending; never empty.</summary>
    public required IReadOnlyList<int> Allowed { get; init; }

    /// <summary>CPUs that share a physical core with this one, itself included, ascending.</summary>
    public IReadOnlyList<int> Siblings(int cpu)
    {
        var self = Cpus.Single(each => each.Cpu == cpu);
        return self.Threads.Count > 0
            ? self.Threads
            : [.. Cpus.Where(each => (each.Package, each.Die, each.Core) == (self.Package, self.Die, self.Core)).Select(each => each.Cpu)];
    }

    /// <param name="takes">Whether the kernel puts a thread of this process on a CPU; null to try it.</param>
    public static Topology Read(SystemFiles files, Func<int, bool>? takes = null)
    {
        // In a container `online` may be made up (lxcfs numbers from 0), while the affinity has the kernel's own numbers.
        var online = CpuList.ParseOrNone(files.Read($"{Folder}/online"));
        var allowed = CpuList.ParseOrNone(files.Field("/proc/self/status", "Cpus_allowed_list"));
        if (allowed.Count == 0)
            allowed = online.Count > 0 ? online : [0];
        var known = online.Intersect(allowed).Any() ? online.Union(allowed) : allowed;
        var kinds = ReadKinds(files, [.. known]);

        // Isolated CPUs are in no process's affinity; only a cpuset keeps a process off them.
        var isolated = CpuList.ParseOrNone(files.Read($"{Folder}/isolated"));
        return new Topology
        {
            Cpus = [.. known.Order().Select(cpu => ReadCpu(files, cpu) with { Kind = kinds.TryGetValue(cpu, out var kind) ? kind : null })],
            Isolated = [.. isolated.Intersect(known).Where(takes ?? Takes)],
            Allowed = allowed,
        };
    }

    private static LogicalCpu ReadCpu(SystemFiles files, int cpu)
    {
        var folder = $"{Folder}/cpu{cpu}/topology";

        // Without sysfs every CPU counts as a core of its own.
        var threads = CpuList.ParseOrNone(files.Read($"{folder}/thread_siblings_list"));
        return new LogicalCpu(cpu, Number("physical_package_id") ?? 0, Number("core_id") ?? cpu)
        {
            Die = Number("die_id") ?? 0,
            Threads = threads.Contains(cpu) ? threads : [],
        };

        int? Number(string name) => (int?)files.Number($"{folder}/{name}");
    }

    // Intel's two event sources name the kinds. Elsewhere the scheduler's capacity or the base frequency tells them apart.
    private static Dictionary<int, CoreKind> ReadKinds(SystemFiles files, IReadOnlyList<int> cpus)
    {
        var performance = CpuList.ParseOrNone(files.Read("/sys/devices/cpu_core/cpus"));
        int[] efficiency = [.. CpuList.ParseOrNone(files.Read("/sys/devices/cpu_atom/cpus")), .. CpuList.ParseOrNone(files.Read("/sys/devices/cpu_lowpower/cpus"))];
        if (performance.Count > 0 && efficiency.Length > 0)
            return cpus.Where(cpu => performance.Contains(cpu) || efficiency.Contains(cpu))
                .ToDictionary(cpu => cpu, cpu => performance.Contains(cpu) ? CoreKind.Performance : CoreKind.Efficiency);

        foreach (var name in (string[])["cpu_capacity", "cpufreq/base_frequency", "acpi_cppc/nominal_freq"])
        {
            var speeds = cpus.Select(cpu => files.Number($"{Folder}/cpu{cpu}/{name}")).ToList();
            if (speeds.All(speed => speed > 0) && speeds.Min() < SameKind * speeds.Max())
                return cpus.Zip(speeds).ToDictionary(
                    each => each.First, each => each.Second < SameKind * speeds.Max() ? CoreKind.Efficiency : CoreKind.Performance);
        }

        return [];
    }

    // A thread that ends with its answer, so that no affinity of the program changes.
    private static bool Takes(int cpu)
    {
        var takes = false;
        var thread = new Thread(() => takes = CpuAffinity.TrySet(0, [cpu], out _)) { IsBackground = true };
        thread.Start();
        thread.Join();
        return takes;
    }
}

/// <summary>The CPU that a measurement is pinned to.</summary>
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
    public string Describe() =>
        $"CPU {Cpu}{(Kind is { } kind ? kind == CoreKind.Performance ? ", a performance core" : ", an efficiency core" : "")}{(IsIsolated ? ", isolated" : "")}";

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
