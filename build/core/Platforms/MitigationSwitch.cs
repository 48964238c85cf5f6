namespace SyscallBench.Platforms;

/// <summary>A mitigation, what switches it off, and what the kernel's word on it proves.</summary>
/// <param name="File">Its file in /sys/devices/system/cpu/vulnerabilities.</param>
/// <param name="Words">What switches it off, and nothing else (Documentation/admin-guide/kernel-parameters.txt in Linux, <c>mitigations=</c>); null where nothing does.</param>
/// <param name="Bare">What a bare "Vulnerable" means where mitigations were asked for.</param>
/// <param name="OnTheWay">It costs a system call something, and <c>mitigations=off</c> takes it away.</param>
public sealed record MitigationSwitch(string File, string? Words, BareVulnerable Bare = BareVulnerable.Accepted, bool OnTheWay = false)
{
    /// <summary>
    /// Every file that a kernel for x86 is known to have, in the order in which the ladder switches off: what is on the way of every system call first, then what clears
    /// buffers on the way out, then what concerns page tables, other programs and virtual machines.
    /// </summary>
    public static IReadOnlyList<MitigationSwitch> All { get; } =
    [
        // Done in software whenever the CPU is affected: page table isolation, SWAPGS barriers, retpolines, return thunks. Its absence is somebody's choice.
        new("meltdown", "nopti", BareVulnerable.Off, OnTheWay: true),
        new("spectre_v2", "nospectre_v2 spectre_v2_user=off spectre_bhi=off", BareVulnerable.Off, OnTheWay: true),
        new("spectre_v1", "nospectre_v1", BareVulnerable.Off, OnTheWay: true),

        // Return thunks on AMD. On Intel only the microcode's IBRS helps.
        new("retbleed", "retbleed=off", BareVulnerable.OffOnAmd, OnTheWay: true),
        new("spec_rstack_overflow", "spec_rstack_overflow=off", BareVulnerable.Off, OnTheWay: true),
        new("indirect_target_selection", "indirect_target_selection=off", BareVulnerable.Off, OnTheWay: true),

        // VERW on the way out of the kernel. Without microcode it is executed all the same, and costs the same: "Clear CPU buffers attempted".
        new("mds", "mds=off", BareVulnerable.Off, OnTheWay: true),
        new("tsx_async_abort", "tsx_async_abort=off", BareVulnerable.Off, OnTheWay: true),
        new("mmio_stale_data", "mmio_stale_data=off", BareVulnerable.Off, OnTheWay: true),
        new("reg_file_data_sampling", "reg_file_data_sampling=off", BareVulnerable.Off, OnTheWay: true),
        new("tsa", "tsa=off", BareVulnerable.Off, OnTheWay: true),

        // Nothing on the way in or out of a system call, or no switch that turns it off: L1TF inverts page table entries always, the others concern
        // virtual machines run by this guest, or are the microcode's. For speculative store bypass only microcode or the CPU can help.
        new("srbds", "srbds=off"),
        new("gather_data_sampling", "gather_data_sampling=off"),
        new("spec_store_bypass", "spec_store_bypass_disable=off", OnTheWay: true),
        new("l1tf", "l1tf=off"),
        new("itlb_multihit", "kvm.nx_huge_pages=off"),
        new("vmscape", "vmscape=off"),

        // They say what the microcode is, or are of another architecture.
        new("old_microcode", null),
        new("ghostwrite", null),
    ];

    /// <summary>The switch of a file; null for one that is not known.</summary>
    public static MitigationSwitch? Find(string file) => All.FirstOrDefault(each => each.File == file);
}

/// <summary>What a file that says "Vulnerable" and no more proves about a kernel that was asked for mitigations.</summary>
public enum BareVulnerable
{
    /// <summary>Nothing: microcode or a hypervisor would have to help.</summary>
    Accepted,

    /// <summary>The mitigation is switched off.</summary>
    Off,

    /// <summary>The same, on AMD's CPUs.</summary>
    OffOnAmd,
}
