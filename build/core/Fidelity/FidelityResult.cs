namespace SyscallBench.Fidelity;

/// <summary>One cell, measured in both kernels.</summary>
/// <param name="Cell">What was measured.</param>
/// <param name="Stock">The distribution's kernel.</param>
/// <param name="Ours">Ours.</param>
public sealed record FidelityResult(FidelityCell Cell, InstructionCount Stock, InstructionCount Ours)
{
    /// <summary>
    /// How much more ours costs, as a fraction of the stock kernel's cost; negative where ours flatters Linux. Of the net counts: the loop, the same for both, would
    /// make any difference look smaller.
    /// </summary>
    public double Difference => (Ours.Net - Stock.Net) / Stock.Net;

    public bool IsWithin(double limit) => Math.Abs(Difference) <= limit;
}
