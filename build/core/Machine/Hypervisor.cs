namespace SyscallBench.Machine;

/// <summary>Under which hypervisor this machine itself runs, as far as its files tell.</summary>
public static class Hypervisor
{
    // A guest's kernel lists its hypervisor's paravirtual clock even where it does not use it.
    private static readonly (string Clock, string Name)[] Clocks =
        [("kvm-clock", "KVM"), ("hyperv_clocksource_tsc_page", "Hyper-V"), ("xen", "Xen")];

    /// <summary>Null on hardware; <c>unknown</c> for a guest that does not know whose.</summary>
    public static string? Detect(SystemFiles files, CpuInfo cpu, ClockFacts clock)
    {
        if (files.ReadValue("/sys/hypervisor/type") is { } type)
            return type;
        if (!cpu.IsGuest)
            return null;

        return Clocks.Where(known => clock.Available.Contains(known.Clock)).Select(known => known.Name).FirstOrDefault("unknown");
    }
}
