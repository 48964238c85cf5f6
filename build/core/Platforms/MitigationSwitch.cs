namespace SyscallBench.Platforms;

/// <summary>A mitigation that the kernel's command line switches off.</summary>
/// <param name="File">Its file in /sys/devices/system/cpu/vulnerabilities.</param>
/// <param name="Words">What switches it off, and nothing else (Documentation/admin-guide/kernel-parameters.txt in Linux, <c>mitigations=</c>); null where nothing does.</param>
public sealed record MitigationSwitch(string File, string? Words)
{
    /// <summary>
    /// Every file that a kernel for x86 is known to have, in the order in which the ladder switches off: what is on the way of every system call first, then what clears
    /// buffers on the way out, then what concerns page tables, other programs and virtual machines.
    /// </summary>
    public static IReadOnlyList<MitigationSwitch> All { get; } =
    [
        new("meltdown", "nopti"),
        new("spectre_v2", "nospectre_v2 spectre_v2_user=off spectre_bhi=off"),
        new("spectre_v1", "nospectre_v1"),
        new("retbleed", "retbleed=off"),
        new("spec_rstack_overflow", "spec_rstack_overflow=off"),
        new("indirect_target_selection", "indirect_target_selection=off"),
        new("mds", "mds=off"),
        new("tsx_async_abort", "tsx_async_abort=off"),
        new("mmio_stale_data", "mmio_stale_data=off"),
        new("reg_file_data_sampling", "reg_file_data_sampling=off"),
        new("tsa", "tsa=off"),
        new("srbds", "srbds=off"),
        new("gather_data_sampling", "gather_data_sampling=off"),
        new("spec_store_bypass", "spec_store_bypass_disable=off"),
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
