using SyscallBench.Consoles;
using SyscallBench.Sources;

namespace SyscallBench.Platforms;

/// <summary>Unikraft's ELF loader with the benchmark as QEMU's <c>-initrd</c>: program and kernel share ring 0 and one address space.</summary>
/// <param name="pin">Its version.</param>
public sealed class UnikraftPlatform(UnikraftPin pin) : GuestPlatform
{
    /// <summary>What is built.</summary>
    public UnikraftPin Pin => pin;

    public override string Name => "unikraft" + pin.Suffix;

    public override string Summary => "Unikraft guest, the binary in ring 0";

    /// <summary>The paper's alone, unless another is asked for.</summary>
    public override bool IsDefault => pin == Pins.Unikraft;

    public override string System => $"Unikraft{pin.Suffix.Replace('-', ' ')}";

    public override PlatformRole Role => PlatformRole.Subject;

    public override IReadOnlyList<Image> Images => [Image.Unikernel(pin.Suffix), Image.Benchmark];

    // The loader takes the first word for the program's name.
    public override QemuCommand Command(GuestSettings settings) =>
        Base(settings, Images[0], Images[1], $"syscallbench {settings.Benchmark}");

    // Its loader's configuration has no process, no user and no device file system.
    public override string? WhyLacks(SystemCall call) =>
        call.Name is "noop" or "clock_gettime" ? null : "this Unikraft has no such call, or no null device to make it on";

    // QEMU exits with 0 whatever the program's exit code was, so the end record alone decides.
    public override string? WhyFailed(int exitCode, BootLog log) =>
        log.Failure ?? (exitCode == 0 ? null : $"QEMU exited with {exitCode}");
}
