using SyscallBench.Model;

namespace SyscallBench.Boots;

/// <summary>What the guests run on.</summary>
/// <param name="Accelerator">The choice.</param>
/// <param name="Reason">Why this one, and why not the other: one sentence.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string Reason);
