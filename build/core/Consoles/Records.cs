namespace SyscallBench.Consoles;

/// <summary>What a boot is about to measure.</summary>
/// <param name="Rounds">Rounds that follow.</param>
/// <param name="Iterations">Calls in each timed loop.</param>
/// <param name="Warmup">Rounds run before the first that counts.</param>
/// <param name="SystemCall">System call number.</param>
/// <param name="Expected">What the call has to return; null where anything is accepted.</param>
public sealed record BeginRecord(int Rounds, long Iterations, int Warmup, long SystemCall, long? Expected);

/// <summary>What CPUID says inside the guest.</summary>
/// <param name="Vendor">Vendor string of leaf 0.</param>
/// <param name="Model">The brand string.</param>
/// <param name="Family"><c>family.model</c>, decimal.</param>
/// <param name="Stepping">Decimal.</param>
/// <param name="Hypervisor">Vendor string of leaf 0x40000000; empty where there is none.</param>
public sealed record CpuRecord(string Vendor, string Model, string Family, string Stepping, string Hypervisor);

/// <summary>What CPUID says about the TSC.</summary>
/// <param name="Khz">Frequency in kHz; 0 where CPUID does not know it.</param>
/// <param name="Source"><c>hypervisor</c>, <c>cpuid</c> or <c>none</c>.</param>
/// <param name="Invariant">It ticks at one rate in every power state (leaf 0x80000007 EDX bit 8).</param>
/// <param name="Rdtscp">The ordered read exists (leaf 0x80000001 EDX bit 27).</param>
public sealed record ClockRecord(long Khz, string Source, bool Invariant, bool Rdtscp);

/// <summary>Why no measurement follows.</summary>
/// <param name="What"><c>noop-returned</c>, <c>bad-argument</c>, <c>clock-backwards</c> or <c>no-tsc</c>.</param>
/// <param name="Value">What was seen; null where it says nothing.</param>
/// <param name="Expected">What should have been.</param>
public sealed record ErrorRecord(string What, string? Value, string? Expected);

/// <summary>The last record of a boot.</summary>
/// <param name="Records">All records of the boot, with this one.</param>
/// <param name="Rounds">Its <c>round</c> records.</param>
/// <param name="Status">The exit code that follows.</param>
public sealed record EndRecord(long Records, long Rounds, int Status);
