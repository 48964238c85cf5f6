namespace SyscallBench.Doctor;

/// <summary>What the microcode and the kernel add to a system call.</summary>
internal static class KernelChecks
{
    private const string MicrocodeMatters = "Mitigations are partly microcode: their cost, and with it that of a system call, changes with its revision.";

    /// <summary>Is the microcode known, and not known to be old?</summary>
    public static IEnumerable<Diagnosis> Microcode(MachineState machine)
    {
        var cpu = machine.Host.Cpu;
        var revision = cpu.KnownMicrocode;
        if (machine.Host.Vulnerabilities.GetValueOrDefault("old_microcode")?.StartsWith("Vulnerable", StringComparison.Ordinal) == true)
            yield return new(Severity.Warning, Measurement.Cycles, $"The kernel knows the microcode to be old (revision {revision ?? "unknown"}).",
                MicrocodeMatters,
                "install the distribution's microcode package (intel-microcode, amd64-microcode) and reboot");
        else if (revision is null)
        {
            var said = cpu.Microcode is { } pretended ? $" ({pretended} is what a hypervisor gives to every guest)" : "";
            yield return new(Severity.Info, Measurement.Cycles, $"The revision of the microcode is not known here{said}.",
                MicrocodeMatters,
                machine.Host.Hypervisor is null ? null : "note the revision on the machine below, and publish it with the numbers");
        }
    }

    /// <summary>What this machine's own state says about the mitigations that its guests are measured with.</summary>
    public static IEnumerable<Diagnosis> Mitigations(MachineState machine)
    {
        var host = machine.Host;
        if (host.Parameters.Split(' ').Contains("mitigations=off"))
            yield return new(Severity.Warning, Measurement.Cycles, "This machine's own kernel runs with mitigations=off.",
                "Its system calls are not those of a machine in use, and an unguarded host may change what its guests see of the CPU.",
                "boot it without mitigations=off; guests without mitigations are measured anyway (linux-nomitig)");

        var open = Names("Vulnerable");
        if (open.Count > 0)
            yield return new(Severity.Info, Measurement.Cycles, $"The kernel leaves open: {string.Join(", ", open)}.",
                "A system call that does less than on a mended machine is cheaper.",
                "see /sys/devices/system/cpu/vulnerabilities; microcode or a newer kernel may mend it");

        if (Names("Not affected").Contains("meltdown"))
            yield return new(
                Severity.Info, Measurement.Kvm, "This CPU is not affected by Meltdown: under KVM with --cpu=host, Linux guests run without KPTI.",
                "The two writes to CR3 that KPTI adds are the dearest part of a system call on CPUs that need it; there they are not in the number.");

        List<string> Names(string state) =>
            [.. host.Vulnerabilities.Where(entry => entry.Value.StartsWith(state, StringComparison.Ordinal)).Select(entry => entry.Key)];
    }

    /// <summary>Can the benchmark see interrupts in a round?</summary>
    public static IEnumerable<Diagnosis> Interrupts(MachineState machine)
    {
        // The kernel shows the flag only where it uses it.
        if (machine.Host.Cpu.Flags.Contains("fred"))
            yield return new(
                Severity.Info, Measurement.Host,
                "This kernel returns from interrupts by ERETU (FRED): interrupts other than timer ticks are unknown on host.",
                "The benchmark sees an interrupt by what IRET does to a segment register, and ERETU may not do it. Ticks are counted by the kernel.",
                "boot with fred=off to have them marked");
    }

    /// <summary>Does a filter look at each system call?</summary>
    public static IEnumerable<Diagnosis> Seccomp(MachineState machine)
    {
        if (machine.Host.Limits.SeccompFilter == true)
            yield return new(Severity.Warning, Measurement.Host, "A seccomp filter looks at each system call of this process, as in most containers.",
                "Every call on the platform host pays for the filter, and the kernel leaves its fast path; guests are not affected.",
                "run outside of the container, or with --security-opt seccomp=unconfined");
    }
}
