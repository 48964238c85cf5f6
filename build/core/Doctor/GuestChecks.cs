namespace SyscallBench.Doctor;

/// <summary>What runs on this machine, and what this machine runs on.</summary>
internal static class GuestChecks
{
    // Less than this share is the noise of /proc/stat's ticks.
    private const double NoticeableSteal = 0.01;

    // From this share on, hardly a timed loop stays whole.
    private const double HeavySteal = 0.2;

    /// <summary>Does a guest run under KVM? Only a boot tells.</summary>
    public static IEnumerable<Diagnosis> Kvm(MachineState machine)
    {
        if (machine.Kvm is { Works: false } kvm)
            yield return new(Severity.Error, Measurement.Kvm, $"{kvm.Reason.TrimEnd('.')}.",
                "Without KVM guests are emulated: their instructions can be counted exactly, their cycles not at all.",
                kvm.Remedy ?? "measure on hardware, or in a virtual machine with nested virtualisation; here, take the counts: --accel=tcg");
        else if (machine.Kvm is { Works: null } untried)
            yield return new(Severity.Warning, Measurement.Kvm, $"Whether a guest runs under KVM is not known: {untried.Reason.TrimEnd('.')}.",
                "/dev/kvm may exist and open, and still no guest run.",
                untried.Remedy);
    }

    /// <summary>Is this machine itself a guest?</summary>
    public static IEnumerable<Diagnosis> Hypervisor(MachineState machine)
    {
        if (machine.Host.Hypervisor is { } hypervisor)
            yield return new(
                Severity.Warning, Measurement.Cycles,
                $"This machine is itself a virtual machine (hypervisor: {hypervisor}), so its guests are guests of a guest.",
                "A hypervisor below can interrupt a measurement, scale the TSC and change the CPU's frequency, and none of it can be seen from here.",
                "measure on hardware of its own; numbers from here compare only with numbers from here");
    }

    /// <summary>Does a hypervisor below give this machine's time to somebody else?</summary>
    public static IEnumerable<Diagnosis> Steal(MachineState machine)
    {
        if (machine.Times is { StealShare: >= NoticeableSteal } times)
            yield return new(
                times.StealShare >= HeavySteal ? Severity.Error : Severity.Warning, Measurement.Cycles,
                FormattableString.Invariant($"{100 * times.StealShare:F1} % of the time that this machine wanted went to others (steal)."),
                "A loop that is interrupted from below takes longer, and nothing in the guest sees why.",
                "measure when the neighbours are quiet, or on hardware of its own");
    }
}
