using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>Linux with the benchmark as its only program, PID 1. When that exits the kernel panics, which is how every boot ends.</summary>
public abstract class LinuxPlatform : GuestPlatform
{
    public override string System => "Linux";

    public override PlatformRole Role => PlatformRole.Baseline;

    /// <inheritdoc/>
    public override IReadOnlyList<Image> Images => [Kernel, Image.Initramfs];

    /// <summary>The kernel that it boots.</summary>
    protected virtual Image Kernel => Image.Kernel;

    /// <summary>Value of the kernel's <c>mitigations=</c>.</summary>
    protected abstract string MitigationsArgument { get; }

    /// <inheritdoc/>
    public override QemuCommand Command(GuestSettings settings) => Base(settings, Kernel, Image.Initramfs, Append(settings));

    /// <inheritdoc/>
    public override string? WhyFailed(int exitCode, BootLog log) =>
        log.Failure
        ?? (log.Panic is { IsSuccess: true } ? null : "the kernel's panic that ends a boot is missing: the console is cut")
        ?? (exitCode == 0 ? null : $"QEMU exited with {exitCode}")
        ?? MitigationCheck.WhyRejected(Mitigations, log.States, log.Cpu?.Vendor);

    private string Append(GuestSettings settings)
    {
        // panic=-1 restarts at once, which -no-reboot turns into QEMU's end. Under instruction counting the local APIC's timer would be
        // calibrated for eight seconds; the PIT ticks as well.
        var timer = settings.Accelerator == Accelerator.Tcg ? " nolapic" : "";
        return $"console=ttyS0 panic=-1 quiet{timer} mitigations={MitigationsArgument} -- {settings.Benchmark} state=linux";
    }
}

/// <summary>Linux as a distribution runs it.</summary>
public sealed class LinuxDefaultPlatform : LinuxPlatform
{
    public override string Name => "linux";

    public override string Summary => "Linux guest, mitigations on";

    public override Mitigations Mitigations => Mitigations.On;

    protected override string MitigationsArgument => "auto";
}

/// <summary>Linux that does nothing about the CPU's vulnerabilities.</summary>
public sealed class LinuxNoMitigationsPlatform : LinuxPlatform
{
    public override string Name => "linux-nomitig";

    public override string Variant => "no mitigations";

    public override string Summary => "Linux guest, mitigations=off";

    public override Mitigations Mitigations => Mitigations.Off;

    protected override string MitigationsArgument => "off";
}
