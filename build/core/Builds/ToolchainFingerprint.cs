using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>Adds what decides a compiler's output to a fingerprint.</summary>
internal static class ToolchainFingerprint
{
    public static Fingerprint AddToolchain(this Fingerprint fingerprint, ToolchainIdentity identity)
    {
        fingerprint.Add("toolchain", identity.Name);
        foreach (var (tool, version) in identity.Versions)
            fingerprint.Add($"version of {tool}", version);
        foreach (var (name, value) in BuildEnvironment.Variables)
            fingerprint.Add($"environment {name}", value);
        return fingerprint;
    }
}
