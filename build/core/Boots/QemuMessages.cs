namespace SyscallBench.Boots;

/// <summary>What QEMU says on standard error.</summary>
public static class QemuMessages
{
    /// <summary>The line that says why QEMU gave up; null where it only warned, for example of CPU features that TCG does not have.</summary>
    public static string? Error(IReadOnlyList<string> lines)
    {
        var errors = lines.Where(line => !string.IsNullOrWhiteSpace(line) && !line.Contains("warning:", StringComparison.Ordinal)).ToList();

        // A register dump follows the first of these, a core dump's note the second.
        return (errors.FirstOrDefault(line => line.Contains("KVM internal error", StringComparison.Ordinal))
            ?? errors.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? errors.FirstOrDefault())?.Trim();
    }
}
