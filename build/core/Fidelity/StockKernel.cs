namespace SyscallBench.Fidelity;

/// <summary>The distribution's own kernel, unpacked and never installed.</summary>
/// <param name="Package">Package and version, for people: <c>linux-image-6.1.0-56-cloud-amd64 6.1.192-2</c>.</param>
/// <param name="Image">Absolute path of its bzImage.</param>
public sealed record StockKernel(string Package, string Image);
