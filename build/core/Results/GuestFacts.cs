namespace SyscallBench.Results;

/// <summary>What a guest said about itself, by name, for the provenance.</summary>
internal static class GuestFacts
{
    public static IReadOnlyDictionary<string, string> Of(PlatformFacts? facts)
    {
        var guest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts?.States ?? new Dictionary<string, string>())
        {
            guest[name] = value;
        }

        if (facts?.Cpu is { } cpu)
        {
            guest["cpuid.model"] = cpu.Model;
            guest["cpuid.vendor"] = cpu.Vendor;
            guest["cpuid.family"] = $"{cpu.Family} stepping {cpu.Stepping}";
            guest["cpuid.hypervisor"] = cpu.Hypervisor;
        }

        return guest;
    }
}
