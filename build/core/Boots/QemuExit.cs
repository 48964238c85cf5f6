using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>How one QEMU ended, and what was seen of it while it ran.</summary>
/// <param name="Process">Exit code, duration, last words.</param>
/// <param name="Pinning">Where the vCPU ran, as a sentence.</param>
/// <param name="Facts">By the names of <see cref="BootFacts"/>.</param>
public sealed record QemuExit(ProcessResult Process, string Pinning, IReadOnlyDictionary<string, string> Facts);
