using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>Does a tick of the TSC mean the same at all times?</summary>
internal static class ClockChecks
{
    private const string Tune = "sudo tools/tune-cpu pin (and when done: sudo tools/tune-cpu restore)";

    /// <summary>Is the TSC a clock?</summary>
    public static IEnumerable<Diagnosis> Clock(MachineState machine)
    {
        var clock = machine.Host.Clock;
        if (!clock.Constant)
            yield return new(Severity.Error, Measurement.Cycles, "The CPU does not promise a TSC of one rate (no constant_tsc).",
                "A tick would be worth more or less time as the core's frequency changes.",
                "measure on another CPU; in a virtual machine, have the host pass the invariant TSC on (QEMU: -cpu host,+invtsc)");
        else if (!clock.Nonstop)
            yield return new(Severity.Warning, Measurement.Cycles, "The TSC may stop in deep idle states (no nonstop_tsc).",
                "A core that idles between two readings loses ticks.",
                "boot with processor.max_cstate=1, or measure on another CPU");

        if (clock.Current is { } current && current != "tsc")
        {
            // A guest of KVM has a clock of its own by default, which is no distrust of the TSC.
            var severity = machine.Host.Hypervisor is null ? Severity.Warning : Severity.Info;
            yield return new(severity, Measurement.Cycles, $"The kernel's clock is {current}, not the TSC.",
                "On hardware the kernel leaves the TSC when it saw it drift or jump between CPUs.",
                "look for the reason with: dmesg | grep -i tsc");
        }
    }

    /// <summary>Do the CPUs keep one frequency?</summary>
    public static IEnumerable<Diagnosis> Frequency(MachineState machine)
    {
        var frequency = machine.Host.Frequency;
        if (!frequency.Scales && machine.Host.Hypervisor is null)
            yield return new(Severity.Info, Measurement.Cycles, "The kernel has no control over the CPUs' frequency.",
                "The firmware has it, and may change the frequency while the TSC ticks on.",
                "look for frequency control (P-states, EIST, CPPC) in the firmware's set-up");
        else if (frequency.Policies.FirstOrDefault(policy => !policy.Held) is { } loose)
            yield return new(Severity.Warning, Measurement.Cycles, Describe(loose),
                "The TSC ticks at one rate: the same call takes fewer or more ticks as its core runs faster or slower.",
                Tune);
    }

    /// <summary>May a core run faster than its base frequency?</summary>
    public static IEnumerable<Diagnosis> Turbo(MachineState machine)
    {
        if (machine.Host.Frequency.Turbo == true)
            yield return new(Severity.Warning, Measurement.Cycles, "Turbo is on.",
                "How far a core exceeds its base frequency depends on the temperature and on what the other cores do.",
                Tune);
    }

    private static string Describe(FrequencyPolicy policy) =>
        $"The CPUs' frequency may change: driver {policy.Driver ?? "unknown"}, governor {policy.Governor ?? "unknown"}, {Mhz(policy.MinKhz)} to {Mhz(policy.MaxKhz)} MHz.";

    private static string Mhz(long? khz) => khz is { } known ? (known / 1000).ToString(CultureInfo.InvariantCulture) : "?";
}
