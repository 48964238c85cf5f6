using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is the TSC a clock?</summary>
public sealed class ClockCheck : IDoctorCheck
{
    public string Name => "clock";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var clock = machine.Host.Clock;
        if (!clock.Constant)
        {
            yield return new Diagnosis(Severity.Error, Measurement.Cycles, "The CPU does not promise a TSC of one rate (no constant_tsc).")
            {
                Why = "A tick would be worth more or less time as the core's frequency changes.",
                Remedy = "measure on another CPU; in a virtual machine, have the host pass the invariant TSC on (QEMU: -cpu host,+invtsc)",
            };
        }
        else if (!clock.Nonstop)
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, "The TSC may stop in deep idle states (no nonstop_tsc).")
            {
                Why = "A core that idles between two readings loses ticks.",
                Remedy = "boot with processor.max_cstate=1, or measure on another CPU",
            };
        }

        if (clock.Current is { } current && current != "tsc")
        {
            // A guest of KVM has a clock of its own by default, which is no distrust of the TSC.
            var severity = machine.Host.Hypervisor is null ? Severity.Warning : Severity.Info;
            yield return new Diagnosis(severity, Measurement.Cycles, $"The kernel's clock is {current}, not the TSC.")
            {
                Why = "On hardware the kernel leaves the TSC when it saw it drift or jump between CPUs.",
                Remedy = "look for the reason with: dmesg | grep -i tsc",
            };
        }
    }
}
