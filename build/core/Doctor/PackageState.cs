namespace SyscallBench.Doctor;

/// <summary>Which packages builds and boots lack on this machine.</summary>
/// <param name="Missing">Debian's names; empty where nothing is missing.</param>
public sealed record PackageState(IReadOnlyList<string> Missing)
{
    /// <summary>How to get them.</summary>
    public string Remedy => $"sudo apt-get install -y {string.Join(' ', Missing)} (Debian's names; --target=All does it by itself as root)";
}
