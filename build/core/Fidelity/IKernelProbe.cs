using SyscallBench.Model;

namespace SyscallBench.Fidelity;

/// <summary>Counts what one call costs in one kernel.</summary>
public interface IKernelProbe
{
    /// <summary>Everything that the count depends on besides the kernel's and the benchmark's bytes, in one line; no path of this machine.</summary>
    string Describe(FidelityCell cell);

    /// <param name="kernel">Absolute path of the image.</param>
    /// <param name="cell">CPU model, mitigations and call.</param>
    /// <param name="cancellation">Ends the boot.</param>
    /// <exception cref="UserError">The boot failed, or an interrupt hit every round.</exception>
    Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation);
}
