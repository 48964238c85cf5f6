using System.Globalization;

namespace SyscallBench.Machine;

/// <summary>Reads <see cref="FrequencyFacts"/> from /sys/devices/system/cpu.</summary>
public static class FrequencyReader
{
    private const string Cpu = "/sys/devices/system/cpu/";

    public static FrequencyFacts Read(SystemFiles files) => new(
        [.. files.List(Cpu + "cpufreq").Where(name => name.StartsWith("policy", StringComparison.Ordinal)).Select(name => Policy(files, name))],
        Turbo(files));

    private static FrequencyPolicy Policy(SystemFiles files, string name)
    {
        var folder = $"{Cpu}cpufreq/{name}/";
        return new FrequencyPolicy(
            // affected_cpus is separated by spaces.
            CpuList.ParseOrNone(files.ReadValue(folder + "affected_cpus")?.Replace(' ', ',')),
            files.ReadValue(folder + "scaling_driver"),
            files.ReadValue(folder + "scaling_governor"),
            Khz(files.ReadValue(folder + "scaling_min_freq")),
            Khz(files.ReadValue(folder + "scaling_max_freq")));
    }

    // intel_pstate has a switch of its own, the other way round than the one that all other drivers share.
    private static bool? Turbo(SystemFiles files) =>
        (files.ReadValue(Cpu + "intel_pstate/no_turbo"), files.ReadValue(Cpu + "cpufreq/boost")) switch
        {
            ("1", _) => false,
            ("0", _) => true,
            (_, "1") => true,
            (_, "0") => false,
            _ => null,
        };

    private static long? Khz(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var khz) ? khz : null;
}
