namespace SyscallBench.Machine;

/// <summary>How the CPUs' frequency is governed (Documentation/admin-guide/pm/cpufreq.rst).</summary>
/// <param name="Policies">One for each group of online CPUs that share a frequency; none on a machine without frequency scaling, as most VMs are.</param>
/// <param name="Turbo">Whether a core may run faster than its base frequency; null where no switch says.</param>
public sealed record FrequencyFacts(IReadOnlyList<FrequencyPolicy> Policies, bool? Turbo)
{
    private const string Cpu = "/sys/devices/system/cpu/";

    public bool Scales => Policies.Count > 0;

    /// <summary>The driver, such as <c>intel_pstate</c> or <c>acpi-cpufreq</c>; null without scaling.</summary>
    public string? Driver => Policies.FirstOrDefault()?.Driver;

    /// <summary>The governors in use, separated by spaces; empty without scaling.</summary>
    public string Governors => string.Join(' ', Policies.Select(policy => policy.Governor).OfType<string>().Distinct());

    /// <summary>The limits of the policies, such as <c>800000-3600000 kHz</c>, each once, separated by spaces; empty without scaling.</summary>
    public string Limits => string.Join(' ', Policies
        .Where(policy => policy is { MinKhz: not null, MaxKhz: not null })
        .Select(policy => $"{policy.MinKhz}-{policy.MaxKhz} kHz")
        .Distinct());

    public static FrequencyFacts Read(SystemFiles files) => new(
        [
            .. files.List(Cpu + "cpufreq")
                .Where(name => name.StartsWith("policy", StringComparison.Ordinal))
                .Select(name => FrequencyPolicy.Read(files, $"{Cpu}cpufreq/{name}/"))

                // The policy of CPUs that are all offline stays, and refuses to be read.
                .Where(policy => policy is not { Cpus.Count: 0, Governor: null }),
        ],
        ReadTurbo(files));

    // intel_pstate has a switch of its own, the other way round than the one that all other drivers share.
    private static bool? ReadTurbo(SystemFiles files) =>
        (files.Read(Cpu + "intel_pstate/no_turbo"), files.Read(Cpu + "cpufreq/boost")) switch
        {
            ("1", _) => false,
            ("0", _) => true,
            (_, "1") => true,
            (_, "0") => false,
            _ => null,
        };
}

/// <summary>One directory of /sys/devices/system/cpu/cpufreq. Null where the driver has no such attribute.</summary>
/// <param name="Cpus">The online CPUs it governs.</param>
public sealed record FrequencyPolicy(IReadOnlyList<int> Cpus, string? Driver, string? Governor, long? MinKhz, long? MaxKhz)
{
    /// <summary>The governor does not move by itself, and the limits leave it one frequency.</summary>
    public bool Held => Governor is "userspace" or "performance" && MinKhz is not null && MinKhz == MaxKhz;

    internal static FrequencyPolicy Read(SystemFiles files, string folder) => new(
        // affected_cpus is separated by spaces.
        CpuList.ParseOrNone(files.Read(folder + "affected_cpus")?.Replace(' ', ',')),
        files.Read(folder + "scaling_driver"),
        files.Read(folder + "scaling_governor"),
        files.Number(folder + "scaling_min_freq"),
        files.Number(folder + "scaling_max_freq"));
}
