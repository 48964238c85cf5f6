using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is this machine itself a guest?</summary>
public sealed class HypervisorCheck : IDoctorCheck
{
    public string Name => "hypervisor";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Host.Hypervisor is { } hypervisor)
        {
            yield return new Diagnosis(
                Severity.Warning, Measurement.Cycles, $"This machine is itself a virtual machine (hypervisor: {hypervisor}), so its guests are guests of a guest.")
            {
                Why = "A hypervisor below can interrupt a measurement, scale the TSC and change the CPU's frequency, and none of it can be seen from here.",
                Remedy = "measure on hardware of its own; numbers from here compare only with numbers from here",
            };
        }
    }
}
