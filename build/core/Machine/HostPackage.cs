namespace SyscallBench.Machine;

/// <summary>A Debian package, how to see that what it brings is there, and what needs it.</summary>
/// <param name="Name">Debian's and Ubuntu's name.</param>
/// <param name="Probe">A program looked up on PATH, or the absolute path of a header.</param>
/// <param name="Uses">What needs it.</param>
public sealed record HostPackage(string Name, string Probe, PackageUse Uses);

/// <summary>What a package is needed for.</summary>
[Flags]
public enum PackageUse
{
    None = 0,

    /// <summary>To boot guests. This is native: nobody boots in a container.</summary>
    Boot = 1,

    /// <summary>To build the benchmark and the floor with the host's compiler.</summary>
    Benchmark = 2,

    /// <summary>To build the unikernel with the host's compiler.</summary>
    Unikernel = 4,

    /// <summary>To unpack, patch and build Linux with the host's compiler.</summary>
    Kernel = 8,

    /// <summary>To hold <c>host</c> against an independent tool.</summary>
    Compare = 16,

    /// <summary>To build anything with the host's compiler.</summary>
    Compile = Benchmark | Unikernel | Kernel,
}
