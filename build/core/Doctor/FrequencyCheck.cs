using System.Globalization;
using SyscallBench.Machine;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Do the CPUs keep one frequency?</summary>
public sealed class FrequencyCheck : IDoctorCheck
{
    public string Name => "frequency";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var frequency = machine.Host.Frequency;
        if (!frequency.Scales)
        {
            yield return new Diagnosis(Severity.Info, Measurement.Cycles, "The kernel has no control over the CPUs' frequency.")
            {
                Why = "Whoever has it, the firmware or a hypervisor, may change the frequency while the TSC ticks on.",
                Remedy = machine.Host.Hypervisor is null ? "look for frequency control (P-states, EIST, CPPC) in the firmware's set-up" : null,
            };
        }
        else if (frequency.Policies.FirstOrDefault(policy => !policy.Held) is { } loose)
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, Describe(loose))
            {
                Why = "The TSC ticks at one rate: the same call takes fewer or more ticks as its core runs faster or slower.",
                Remedy = "sudo tools/tune-cpu pin (and when done: sudo tools/tune-cpu restore)",
            };
        }
    }

    private static string Describe(FrequencyPolicy policy) =>
        $"The CPUs' frequency may change: driver {policy.Driver ?? "unknown"}, governor {policy.Governor ?? "unknown"}, {Mhz(policy.MinKhz)} to {Mhz(policy.MaxKhz)} MHz.";

    private static string Mhz(long? khz) => khz is { } known ? (known / 1000).ToString(CultureInfo.InvariantCulture) : "?";
}
