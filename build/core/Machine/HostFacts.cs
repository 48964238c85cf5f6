namespace SyscallBench.Machine;

/// <summary>The machine that runs the boots, as far as it bears on a measurement. No host name, no address, no serial number.</summary>
public sealed record HostFacts
{
    /// <summary>Name of the distribution; null where os-release is missing.</summary>
    public string? Os { get; init; }

    /// <summary>Release of the running kernel.</summary>
    public string? Kernel { get; init; }

    /// <summary>Maker and product of the machine (DMI); null in most VMs.</summary>
    public string? Product { get; init; }

    public required CpuInfo Cpu { get; init; }

    public required ClockFacts Clock { get; init; }

    public required FrequencyFacts Frequency { get; init; }

    /// <summary>Null where /proc/meminfo is missing.</summary>
    public MemoryInfo? Memory { get; init; }

    /// <summary>Null on hardware.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Whether cores run two threads at once; null where the kernel does not say.</summary>
    public bool? Smt { get; init; }

    /// <summary>CPUs that the scheduler leaves alone (<c>isolcpus</c>).</summary>
    public IReadOnlyList<int> IsolatedCpus { get; init; } = [];

    /// <summary>CPUs without a timer tick while one task runs (<c>nohz_full</c>).</summary>
    public IReadOnlyList<int> TicklessCpus { get; init; } = [];

    /// <summary>The kernel's parameters that bear on a measurement, as given at boot.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The kernel's sentence on each hardware vulnerability.</summary>
    public IReadOnlyDictionary<string, string> Vulnerabilities { get; init; } = new Dictionary<string, string>();
}
