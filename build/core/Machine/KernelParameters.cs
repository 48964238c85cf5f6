namespace SyscallBench.Machine;

/// <summary>The host kernel's parameters that bear on a measurement. The rest of a command line may name disks, addresses or keys, and is nobody's business.</summary>
public static class KernelParameters
{
    private static readonly HashSet<string> Relevant = new(StringComparer.Ordinal)
    {
        "amd_pstate", "clocksource", "idle", "intel_idle.max_cstate", "intel_pstate", "isolcpus", "kpti", "l1tf", "maxcpus", "mds",
        "mitigations", "nohz", "nohz_full", "noibrs", "nokaslr", "nopti", "nosmt", "nospectre_v1", "nospectre_v2", "preempt",
        "processor.max_cstate", "pti", "rcu_nocbs", "retbleed", "spec_rstack_overflow", "spec_store_bypass_disable", "spectre_v2",
        "spectre_v2_user", "srbds", "tsc", "tsx", "tsx_async_abort",
    };

    /// <summary>The relevant ones in their order, separated by a space; empty where there are none.</summary>
    /// <param name="commandLine">Text of /proc/cmdline.</param>
    public static string Parse(string commandLine) => string.Join(' ', commandLine
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(word => Relevant.Contains(word.Split('=')[0]) || word.StartsWith("kvm", StringComparison.Ordinal)));
}
