namespace SyscallBench.Machine;

/// <summary>What the steps need of the machine beyond Debian's essential packages.</summary>
public static class PackageTable
{
    private const string Headers = "/usr/include/";

    public static IReadOnlyList<HostPackage> All { get; } =
    [
        new("qemu-system-x86", "qemu-system-x86_64", PackageUse.Boot),
        new("linux-perf", "perf", PackageUse.Compare),
        new("gcc", "gcc", PackageUse.Compile),
        new("make", "make", PackageUse.Compile),
        new("binutils", "ld", PackageUse.Compile),
        // Both build programs of their own for the machine that they are built on.
        new("libc6-dev", Headers + "stdio.h", PackageUse.Unikernel | PackageUse.Kernel),
        new("flex", "flex", PackageUse.Unikernel | PackageUse.Kernel),
        new("bison", "bison", PackageUse.Unikernel | PackageUse.Kernel),
        new("m4", "m4", PackageUse.Unikernel),
        // Strips the image.
        new("python3", "python3", PackageUse.Unikernel),
        new("bc", "bc", PackageUse.Kernel),
        new("libelf-dev", Headers + "gelf.h", PackageUse.Kernel),
        new("patch", "patch", PackageUse.Kernel),
        new("xz-utils", "xz", PackageUse.Kernel),
    ];
}
