namespace SyscallBench.Machine;

/// <summary>How the CPUs' frequency is governed.</summary>
/// <param name="Policies">One for each group of CPUs that share a frequency; none on a machine without frequency scaling, as most VMs are.</param>
/// <param name="Turbo">Whether a core may run faster than its base frequency; null where no switch says.</param>
public sealed record FrequencyFacts(IReadOnlyList<FrequencyPolicy> Policies, bool? Turbo)
{
    public bool Scales => Policies.Count > 0;

    /// <summary>The driver, such as <c>intel_pstate</c> or <c>acpi-cpufreq</c>; null without scaling.</summary>
    public string? Driver => Policies.FirstOrDefault()?.Driver;

    /// <summary>Every CPU is held at one frequency of its own: nothing may speed it up or slow it down.</summary>
    public bool Pinned => Scales && Turbo != true && Policies.All(policy => policy.Held);
}

/// <summary>One directory of /sys/devices/system/cpu/cpufreq (Documentation/admin-guide/pm/cpufreq.rst). Null where the driver has no such attribute.</summary>
/// <param name="Cpus">The CPUs it governs.</param>
/// <param name="Driver"><c>scaling_driver</c>.</param>
/// <param name="Governor"><c>scaling_governor</c>.</param>
/// <param name="MinKhz">Lower limit in kHz.</param>
/// <param name="MaxKhz">Upper limit in kHz.</param>
public sealed record FrequencyPolicy(IReadOnlyList<int> Cpus, string? Driver, string? Governor, long? MinKhz, long? MaxKhz)
{
    /// <summary>The governor does not move by itself, and the limits leave it one frequency.</summary>
    public bool Held => Governor is "userspace" or "performance" && MinKhz is not null && MinKhz == MaxKhz;
}
