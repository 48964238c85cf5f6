using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is the microcode known, and not known to be old?</summary>
public sealed class MicrocodeCheck : IDoctorCheck
{
    private const string Why = "Mitigations are partly microcode: their cost, and with it that of a system call, changes with its revision.";

    public string Name => "microcode";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var revision = machine.Host.Cpu.Microcode;
        if (machine.Host.Vulnerabilities.GetValueOrDefault("old_microcode")?.StartsWith("Vulnerable", StringComparison.Ordinal) == true)
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, $"The kernel knows the microcode to be old (revision {revision ?? "unknown"}).")
            {
                Why = Why,
                Remedy = "install the distribution's microcode package (intel-microcode, amd64-microcode) and reboot",
            };
        }
        else if (revision is null or "0x1" or "0xffffffff")
        {
            // What hypervisors say that pass no revision on.
            yield return new Diagnosis(Severity.Info, Measurement.Cycles, "The revision of the microcode is not known here.")
            {
                Why = Why,
                Remedy = machine.Host.Hypervisor is null ? null : "note the revision on the machine below, and publish it with the numbers",
            };
        }
    }
}
