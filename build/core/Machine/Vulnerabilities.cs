namespace SyscallBench.Machine;

/// <summary>What the kernel does about each known hardware vulnerability (/sys/devices/system/cpu/vulnerabilities).</summary>
public static class Vulnerabilities
{
    private const string Folder = "/sys/devices/system/cpu/vulnerabilities";

    /// <summary>The kernel's sentence for each, by the name of its file.</summary>
    public static IReadOnlyDictionary<string, string> Read(SystemFiles files) => files
        .List(Folder)
        .Select(name => (Name: name, State: files.ReadValue($"{Folder}/{name}")))
        .Where(entry => entry.State is not null)
        .ToDictionary(entry => entry.Name, entry => entry.State!, StringComparer.Ordinal);
}
