namespace SyscallBench.Machine;

/// <summary>The clock that the kernel chose for itself, and what the CPU says about its TSC.</summary>
/// <param name="Current">The kernel's clock source: <c>tsc</c>, <c>kvm-clock</c>, <c>hpet</c>, …; null where it does not say.</param>
/// <param name="Available">Those it could choose from.</param>
/// <param name="Constant">The TSC ticks at one rate whatever the core's frequency (flag <c>constant_tsc</c>).</param>
/// <param name="Nonstop">The TSC ticks on in deep idle states (flag <c>nonstop_tsc</c>).</param>
public sealed record ClockFacts(string? Current, IReadOnlyList<string> Available, bool Constant, bool Nonstop)
{
    private const string Folder = "/sys/devices/system/clocksource/clocksource0/";

    public static ClockFacts Read(SystemFiles files, CpuInfo cpu) => new(
        files.ReadValue(Folder + "current_clocksource"),
        (files.Read(Folder + "available_clocksource") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        cpu.Flags.Contains("constant_tsc"),
        cpu.Flags.Contains("nonstop_tsc"));
}
