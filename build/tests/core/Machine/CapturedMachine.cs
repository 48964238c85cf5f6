using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

/// <summary>Files of real machines, one directory each.</summary>
public static class CapturedMachine
{
    /// <summary>A VM with two CPUs of an AMD EPYC, Debian 12, without frequency scaling and without DMI.</summary>
    public static SystemFiles EpycVm { get; } = new(Path.Join(AppContext.BaseDirectory, "captured", "machine", "epyc-vm"));
}
