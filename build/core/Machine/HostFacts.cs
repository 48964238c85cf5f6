namespace SyscallBench.Machine;

/// <summary>The machine that runs the boots, as far as it bears on a measurement. No host name, no address, no serial number.</summary>
public sealed record HostFacts
{
    private const string Cpus = "/sys/devices/system/cpu/";

    // A guest's kernel lists its hypervisor's paravirtual clock even where it does not use it.
    private static readonly (string Clock, string Name)[] _hypervisors =
        [("kvm-clock", "KVM"), ("hyperv_clocksource_tsc_page", "Hyper-V"), ("xen", "Xen")];

    // The rest of a command line may name disks, addresses or keys, and is nobody's business.
    private static readonly HashSet<string> _parameters = new(StringComparer.Ordinal)
    {
        "amd_pstate", "clocksource", "idle", "intel_idle.max_cstate", "intel_pstate", "isolcpus", "kpti", "l1tf", "maxcpus", "mds",
        "mitigations", "nohz", "nohz_full", "noibrs", "nokaslr", "nopti", "nosmt", "nospectre_v1", "nospectre_v2", "preempt",
        "processor.max_cstate", "pti", "rcu_nocbs", "retbleed", "spec_rstack_overflow", "spec_store_bypass_disable", "spectre_v2",
        "spectre_v2_user", "srbds", "tsc", "tsx", "tsx_async_abort",
    };

    public string? Os { get; init; }

    /// <summary>Release of the running kernel.</summary>
    public string? Kernel { get; init; }

    /// <summary>Maker and product of the machine (DMI); null in most VMs.</summary>
    public string? Product { get; init; }

    public required CpuInfo Cpu { get; init; }

    public required ClockFacts Clock { get; init; }

    public required FrequencyFacts Frequency { get; init; }

    public required Topology Topology { get; init; }

    /// <summary>What this process may have of the machine.</summary>
    public ProcessLimits Limits { get; init; } = ProcessLimits.None;

    public MemoryInfo? Memory { get; init; }

    /// <summary>Null on hardware; <c>unknown</c> for a guest that does not know whose.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Whether cores run two threads at once; null where the kernel does not say.</summary>
    public bool? Smt { get; init; }

    /// <summary>CPUs that the scheduler leaves alone (<c>isolcpus</c>).</summary>
    public IReadOnlyList<int> IsolatedCpus { get; init; } = [];

    /// <summary>CPUs without a timer tick while one task runs (<c>nohz_full</c>).</summary>
    public IReadOnlyList<int> TicklessCpus { get; init; } = [];

    /// <summary>The kernel's parameters that bear on a measurement, in the order given at boot, separated by spaces.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The kernel's sentence on each hardware vulnerability, by the name of its file.</summary>
    public IReadOnlyDictionary<string, string> Vulnerabilities { get; init; } = new Dictionary<string, string>();

    /// <param name="takes">As in <see cref="Topology.Read"/>.</param>
    public static HostFacts Read(SystemFiles files, Func<int, bool>? takes = null)
    {
        var cpu = CpuInfo.Parse(files.Read("/proc/cpuinfo") ?? "");
        var clock = ClockFacts.Read(files, cpu);
        return new HostFacts
        {
            Os = files.Read("/etc/os-release") is { } release ? OsRelease.PrettyName(release) : null,
            Kernel = files.Read("/proc/sys/kernel/osrelease"),
            Product = string.Join(' ', new[] { "sys_vendor", "product_name" }.Select(name => files.Read($"/sys/class/dmi/id/{name}")).OfType<string>()) is { Length: > 0 } product ? product : null,
            Cpu = cpu,
            Clock = clock,
            Frequency = FrequencyFacts.Read(files),
            Topology = Topology.Read(files, takes),
            Limits = ProcessLimits.Read(files),
            Memory = MemoryInfo.Read(files),
            Hypervisor = files.Read("/sys/hypervisor/type")
                ?? (cpu.IsGuest ? _hypervisors.Where(known => clock.Available.Contains(known.Clock)).Select(known => known.Name).FirstOrDefault("unknown") : null),
            Smt = files.Read(Cpus + "smt/active") switch { "1" => true, "0" => false, _ => null },
            IsolatedCpus = CpuList.ParseOrNone(files.Read(Cpus + "isolated")),
            TicklessCpus = CpuList.ParseOrNone(files.Read(Cpus + "nohz_full")),
            Parameters = ReadParameters(files.Read("/proc/cmdline") ?? ""),
            Vulnerabilities = files.List(Cpus + "vulnerabilities")
                .Select(name => (Name: name, State: files.Read($"{Cpus}vulnerabilities/{name}")))
                .Where(entry => entry.State is not null)
                .ToDictionary(entry => entry.Name, entry => entry.State!, StringComparer.Ordinal),
        };
    }

    /// <summary>Every fact that is known, by its name in results and in their provenance, as a person reads it, in a fixed order.</summary>
    public IReadOnlyDictionary<string, string> ToRecord()
    {
        (string Name, string? Text)[] facts =
        [
            ("os", Os),
            ("kernel", Kernel),
            ("parameters", Parameters),
            ("machine", Product),
            ("hypervisor", Hypervisor),
            ("cpu", Cpu.Model),
            ("cpu.signature", Cpu is { Vendor: { } vendor, Signature: { } signature } ? $"{vendor} {signature}" : null),
            ("cpu.performance", CpusOf(CoreKind.Performance)),
            ("cpu.efficiency", CpusOf(CoreKind.Efficiency)),
            ("microcode", Cpu.KnownMicrocode),
            ("cores", FormattableString.Invariant($"{Cpu.LogicalCpus}")),
            ("smt", OnOff(Smt)),
            ("isolated", CpuList.Format(IsolatedCpus)),
            ("nohz_full", CpuList.Format(TicklessCpus)),
            ("memory", Memory is { } memory ? Gibibytes(memory.Total) : null),
            ("limits.memory", Limits.MemoryLimit is { } limit ? Gibibytes(limit) : null),
            ("limits.cpus", Limits.Cpus is { } cpus ? FormattableString.Invariant($"{cpus:0.##}") : null),
            ("seccomp", Limits.SeccompFilter == true ? "filter" : null),
            ("clocksource", Clock.Current),
            ("tsc", $"constant={(Clock.Constant ? 1 : 0)} nonstop={(Clock.Nonstop ? 1 : 0)}"),
            ("frequency.driver", Frequency.Driver),
            ("frequency.governor", Frequency.Governors),
            ("frequency.limits", Frequency.Limits),
            ("frequency.turbo", OnOff(Frequency.Turbo)),
            .. Vulnerabilities.Select(entry => ($"vulnerability.{entry.Key}", (string?)entry.Value)),
        ];
        return facts.Where(fact => !string.IsNullOrEmpty(fact.Text)).ToDictionary(fact => fact.Name, fact => fact.Text!);

        string CpusOf(CoreKind kind) => CpuList.Format(Topology.Cpus.Where(cpu => cpu.Kind == kind).Select(cpu => cpu.Cpu));
    }

    /// <summary><c>on</c>, <c>off</c>, or null where it is not known.</summary>
    public static string? OnOff(bool? on) => on switch { true => "on", false => "off", null => null };

    private static string Gibibytes(long bytes) => FormattableString.Invariant($"{bytes / 1024.0 / 1024 / 1024:F1} GiB");

    private static string ReadParameters(string commandLine) => string.Join(' ', commandLine
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(word => _parameters.Contains(word.Split('=')[0]) || word.StartsWith("kvm", StringComparison.Ordinal)));
}

/// <summary>The clock that the kernel chose for itself, and what the CPU says about its TSC.</summary>
/// <param name="Current">The kernel's clock source: <c>tsc</c>, <c>kvm-clock</c>, <c>hpet</c>, …; null where it does not say.</param>
/// <param name="Available">Those it could choose from.</param>
/// <param name="Constant">The TSC ticks at one rate whatever the core's frequency (flag <c>constant_tsc</c>).</param>
/// <param name="Nonstop">The TSC ticks on in deep idle states (flag <c>nonstop_tsc</c>).</param>
public sealed record ClockFacts(string? Current, IReadOnlyList<string> Available, bool Constant, bool Nonstop)
{
    private const string Folder = "/sys/devices/system/clocksource/clocksource0/";

    internal static ClockFacts Read(SystemFiles files, CpuInfo cpu) => new(
        files.Read(Folder + "current_clocksource"),
        (files.Read(Folder + "available_clocksource") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        cpu.Flags.Contains("constant_tsc"),
        cpu.Flags.Contains("nonstop_tsc"));
}
