namespace SyscallBench.Machine;

/// <summary>What /proc/cpuinfo says about the first CPU, and how many there are. Null where the kernel does not say.</summary>
public sealed record CpuInfo
{
    /// <summary>CPUID's vendor string, <c>GenuineIntel</c>, <c>AuthenticAMD</c>, …</summary>
    public string? Vendor { get; init; }

    /// <summary>CPUID's brand string.</summary>
    public string? Model { get; init; }

    /// <summary><c>family.model.stepping</c>, decimal.</summary>
    public string? Signature { get; init; }

    /// <summary>Revision of the microcode, hexadecimal with <c>0x</c>. Inside a VM, what the hypervisor pretends.</summary>
    public string? Microcode { get; init; }

    /// <summary>Online logical CPUs.</summary>
    public int LogicalCpus { get; init; }

    public IReadOnlySet<string> Flags { get; init; } = new HashSet<string>();

    /// <summary>Hardware faults that the kernel works around, under its own names.</summary>
    public IReadOnlySet<string> Bugs { get; init; } = new HashSet<string>();

    /// <summary>This machine is itself a guest (CPUID leaf 1 ECX bit 31).</summary>
    public bool IsGuest => Flags.Contains("hypervisor");
}
