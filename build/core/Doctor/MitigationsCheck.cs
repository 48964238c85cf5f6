using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>What this machine's own state says about the mitigations that its guests are measured with.</summary>
public sealed class MitigationsCheck : IDoctorCheck
{
    public string Name => "mitigations";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var host = machine.Host;
        if (host.Parameters.Split(' ').Contains("mitigations=off"))
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, "This machine's own kernel runs with mitigations=off.")
            {
                Why = "Its system calls are not those of a machine in use, and an unguarded host may change what its guests see of the CPU.",
                Remedy = "boot it without mitigations=off; guests without mitigations are measured anyway (linux-nomitig)",
            };
        }

        var open = Names("Vulnerable");
        if (open.Count > 0)
        {
            yield return new Diagnosis(Severity.Info, Measurement.Cycles, $"The kernel leaves open: {string.Join(", ", open)}.")
            {
                Why = "A system call that does less than on a mended machine is cheaper.",
                Remedy = "see /sys/devices/system/cpu/vulnerabilities; microcode or a newer kernel may mend it",
            };
        }

        if (Names("Not affected").Contains("meltdown"))
        {
            yield return new Diagnosis(Severity.Info, Measurement.Kvm, "This CPU is not affected by Meltdown: its guests run without KPTI.")
            {
                Why = "The two writes to CR3 that KPTI adds are the dearest part of a system call on CPUs that need it; here they are not in the number.",
            };
        }

        List<string> Names(string state) =>
            [.. host.Vulnerabilities.Where(entry => entry.Value.StartsWith(state, StringComparison.Ordinal)).Select(entry => entry.Key)];
    }
}
