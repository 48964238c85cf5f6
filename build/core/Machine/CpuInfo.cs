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

    /// <summary>Revision of the microcode, hexadecimal with <c>0x</c>, as the kernel says it; see <see cref="KnownMicrocode"/>.</summary>
    public string? Microcode { get; init; }

    /// <summary>Online logical CPUs.</summary>
    public int LogicalCpus { get; init; }

    public IReadOnlySet<string> Flags { get; init; } = new HashSet<string>();

    /// <summary>This machine is itself a guest (CPUID leaf 1 ECX bit 31).</summary>
    public bool IsGuest => Flags.Contains("hypervisor");

    /// <summary>
    /// The revision of the microcode; null where the kernel does not say, or only a constant that a hypervisor gives to every guest: 0x1 (KVM on Intel), 0x1000065 (KVM on AMD), 0xffffffff
    /// (Hyper-V). No CPU has revision 0 or 1.
    /// </summary>
    public string? KnownMicrocode =>
        uint.TryParse(Microcode?.ToLowerInvariant().Replace("0x", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var revision)
        && (revision is 0 or 1 or 0xffff_ffff || (IsGuest && revision == 0x0100_0065)) ? null : Microcode;

    /// <summary>Reads the text of /proc/cpuinfo as x86 kernels write it: one paragraph for each logical CPU, <c>key : value</c> lines.</summary>
    public static CpuInfo Parse(string text)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var cpus = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
                continue;

            var key = line[..colon].Trim().ToString();
            cpus += key == "processor" ? 1 : 0;
            if (cpus <= 1)
                first.TryAdd(key, line[(colon + 1)..].Trim().ToString());
        }

        return new CpuInfo
        {
            Vendor = Value("vendor_id"),
            Model = Value("model name"),
            Signature = (Value("cpu family"), Value("model"), Value("stepping")) is ({ } family, { } model, { } stepping)
                ? $"{family}.{model}.{stepping}"
                : null,
            Microcode = Value("microcode"),
            LogicalCpus = cpus,
            Flags = (Value("flags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
        };

        string? Value(string key) => first.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
    }
}
