namespace SyscallBench.Builds;

/// <summary>One file that was built twice.</summary>
/// <param name="Step">What made it: <c>benchmark</c>, <c>linux-debian-6.1</c>, …</param>
/// <param name="File">Its name.</param>
/// <param name="First">SHA-256 of the first build's.</param>
/// <param name="Second">SHA-256 of the second build's.</param>
/// <param name="DiffersAt">Offset of the first byte that differs; null where none does.</param>
public sealed record ComparedFile(string Step, string File, string First, string Second, long? DiffersAt)
{
    public bool IsSame => First == Second;
}
